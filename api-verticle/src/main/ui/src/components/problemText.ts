import type { TFunction } from 'i18next';
import { ShapeError } from '~/services/decode';
import { HttpProblem } from '~/services/http';

/** What is wrong and what to do, for people. The server's own words stand where it has said something. */
export function problemText(problem: unknown, t: TFunction<'common'>): string {
  if (problem instanceof HttpProblem) {
    return problem.status === 0 ? t('error.network') : problem.detail;
  }
  if (problem instanceof ShapeError) {
    return `${t('error.shape')} (${problem.message})`;
  }
  return problem instanceof Error ? problem.message : String(problem);
}
