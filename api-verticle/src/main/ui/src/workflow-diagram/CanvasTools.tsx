import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutDistributeHorizontal, IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { Panel, useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import classes from './diagram.module.css';

const MILLIS = 160;

/** Zoom, fit and arrange, in the lower left corner. */
export function CanvasTools({ onArrange }: { onArrange: (() => void) | undefined }) {
  const { t } = useTranslation('diagram');
  const flow = useReactFlow();
  const tool = (label: string, Sign: Icon, onClick: () => void) => (
    <Tooltip label={label} position="top">
      <ActionIcon size={30} aria-label={label} onClick={onClick}>
        <Sign size={17} stroke={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <Panel position="bottom-left" className={classes.tools}>
      {tool(t('zoomOut'), IconMinus, () => void flow.zoomOut({ duration: MILLIS }))}
      {tool(t('zoomIn'), IconPlus, () => void flow.zoomIn({ duration: MILLIS }))}
      {tool(t('fit'), IconMaximize, () => void flow.fitView({ duration: MILLIS, maxZoom: 1, padding: 0.12 }))}
      {onArrange && tool(t('layout'), IconLayoutDistributeHorizontal, onArrange)}
    </Panel>
  );
}
