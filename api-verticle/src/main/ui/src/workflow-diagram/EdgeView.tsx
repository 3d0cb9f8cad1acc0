import { BaseEdge, EdgeLabelRenderer, getBezierPath } from '@xyflow/react';
import type { Edge, EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './diagram.module.css';
import type { EdgeKind } from './edges';

export type DiagramFlowEdge = Edge<{ kind: EdgeKind | undefined; condition: string | undefined }, 'diagram'>;

/** An arrow; those out of a logic task say when they are taken. */
export const EdgeView = memo(function EdgeView(props: EdgeProps<DiagramFlowEdge>) {
  const [path, labelX, labelY] = getBezierPath(props);
  const kind = props.data?.kind;
  return (
    <>
      <BaseEdge id={props.id} path={path} markerEnd={props.markerEnd} interactionWidth={16} />
      {(kind === 'branch' || kind === 'success' || kind === 'failed') && (
        <EdgeLabelRenderer>
          <EdgeText x={labelX} y={labelY} kind={kind} condition={props.data?.condition} />
        </EdgeLabelRenderer>
      )}
    </>
  );
});

function EdgeText(props: { x: number; y: number; kind: EdgeKind; condition: string | undefined }) {
  const { t } = useTranslation('diagram');
  const text =
    props.kind === 'branch' ? props.condition || t('edge.default') : t(`edge.${props.kind as 'success' | 'failed'}`);
  return (
    <span
      className={`${classes.label} cut ${props.kind === 'branch' && props.condition ? 'mono' : ''}`}
      data-kind={props.kind}
      style={{ transform: `translate(-50%, -50%) translate(${props.x}px, ${props.y}px)` }}
    >
      {text}
    </span>
  );
}
