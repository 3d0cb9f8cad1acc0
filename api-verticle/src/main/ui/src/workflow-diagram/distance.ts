import { createContext } from 'react';

/** How much of a task can be read at the present zoom, and so is drawn. */
export type Distance = 'all' | 'names' | 'shapes';

/** Below this zoom only names are drawn, and larger. */
export const FAR = 0.55;
/** Below this one only shapes and colours: a few elements a task. */
export const VERY_FAR = 0.2;

export const DistanceContext = createContext<Distance>('all');
