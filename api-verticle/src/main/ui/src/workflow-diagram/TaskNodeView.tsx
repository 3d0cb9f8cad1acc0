import { Handle, Position } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { IconAlertTriangleFilled, IconCheck, IconX } from '@tabler/icons-react';
import { memo, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { StateIcon } from '~/components/StateIcon';
import { toneColor, toneOf, toneSoft } from '~/theme/states';
import type { ShownState } from '~/theme/states';
import classes from './diagram.module.css';
import { DistanceContext } from './distance';
import { durationText } from './durationText';
import { hasOutlets } from './flowNodes';
import type { TaskFlowNode, TaskLook } from './flowNodes';
import { logicKind } from './document';
import { typeIcon } from './typeIcons';
import { useNow } from './useNow';

/** One task in a diagram: what it is, and in an instance how it stands and why. */
export const TaskNodeView = memo(function TaskNodeView({ data, selected }: NodeProps<TaskFlowNode>) {
  const { t } = useTranslation('diagram');
  const { task, look, type, faults, isEditable } = data;
  const distance = useContext(DistanceContext);
  const Sign = typeIcon(type?.icon ?? task.taskType);
  const state = look?.state as ShownState | undefined;
  const tone = state === undefined ? undefined : toneOf(state);
  if (distance === 'shapes') {
    return (
      <div
        className={classes.shape}
        data-selected={selected}
        data-forbidden={task.isForbidden}
        data-faulty={faults > 0}
        style={tone === undefined ? undefined : { backgroundColor: toneColor(tone) }}
      >
        <PortPlaces taskType={task.taskType} />
      </div>
    );
  }
  return (
    <div
      className={classes.node}
      data-selected={selected}
      data-forbidden={task.isForbidden}
      data-faulty={faults > 0}
      data-state={state}
      title={look?.reason ? `${task.name}\n${look.reason}` : task.name}
    >
      <Ports taskType={task.taskType} isEditable={isEditable} />
      <span
        className={classes.icon}
        style={tone === undefined ? undefined : { color: toneColor(tone), backgroundColor: toneSoft(tone) }}
      >
        <Sign size={20} stroke={1.75} aria-hidden />
      </span>
      <span className={classes.body}>
        <span className={`${classes.name} cut`}>{task.name}</span>
        {look === undefined || state === undefined ? (
          <span className={`${classes.line} cut`}>
            {type?.title ?? task.taskType}
            {task.isForbidden && <> · {t('forbidden')}</>}
          </span>
        ) : (
          <StateLine look={look} state={state} />
        )}
        <Summary text={look?.reason ?? task.summary} isCode={look?.reason == null && isCode(task.taskType)} />
      </span>
      {faults > 0 && (
        <span className={classes.badge}>
          <IconAlertTriangleFilled size={11} aria-hidden />
          {faults}
          <span className="visually-hidden">{t('faults', { count: faults })}</span>
        </span>
      )}
    </div>
  );
});

function isCode(taskType: string): boolean {
  const kind = logicKind(taskType);
  return kind === null || kind === 'SWITCH';
}

function Summary({ text, isCode: code }: { text: string; isCode: boolean }) {
  return text === '' ? null : <span className={`${classes.summary} ${code ? classes.code : ''} cut`}>{text}</span>;
}

function StateLine({ look, state }: { look: TaskLook; state: ShownState }) {
  const { t } = useTranslation();
  const isRunning = look.startTime != null && look.endTime == null;
  const now = useNow(isRunning);
  const duration = durationText(look.startTime, look.endTime, now);
  return (
    <span className={classes.line}>
      <StateIcon state={state} size={14} />
      <span className={`${classes.state} cut`} style={{ color: toneColor(toneOf(state)) }}>
        {t(`state.${state}`)}
      </span>
      {(look.attempt ?? 1) > 1 && <span title={String(look.attempt)}>×{look.attempt}</span>}
      {duration !== null && <span className={classes.duration}>{duration}</span>}
    </span>
  );
}

/** XYFlow reads from the page where edges begin and end; from afar nobody can use a port, so these are bare places. */
function PortPlaces({ taskType }: { taskType: string }) {
  const outlets = hasOutlets(taskType) ? (['success', 'failed'] as const) : [undefined];
  return (
    <>
      <i className={`target ${classes.place}`} data-handlepos="left" style={{ left: -6, top: '50%' }} />
      {outlets.map((id) => (
        <i
          key={id ?? ''}
          className={`source ${classes.place}`}
          data-handleid={id}
          data-handlepos="right"
          style={{ right: -6, top: id === undefined ? '50%' : id === 'success' ? '30%' : '70%' }}
        />
      ))}
    </>
  );
}

/** Where edges begin and end. In a diagram that is only looked at they are there, but cannot be used. */
function Ports({ taskType, isEditable }: { taskType: string; isEditable: boolean }) {
  const { t } = useTranslation('diagram');
  const own = (more = '') => [classes.handle, more, isEditable ? '' : classes.passive].join(' ');
  return (
    <>
      <Handle type="target" position={Position.Left} className={own()} isConnectable={isEditable} />
      {hasOutlets(taskType) ? (
        <>
          <Handle
            id="success"
            type="source"
            position={Position.Right}
            className={own(classes.success)}
            style={{ top: '30%' }}
            isConnectable={isEditable}
            title={t('outlet.success')}
          />
          <span className={classes.outlet} style={{ top: '30%', transform: 'translateY(-50%)' }}>
            <IconCheck size={12} aria-hidden color="var(--state-success)" />
          </span>
          <Handle
            id="failed"
            type="source"
            position={Position.Right}
            className={own(classes.failed)}
            style={{ top: '70%' }}
            isConnectable={isEditable}
            title={t('outlet.failed')}
          />
          <span className={classes.outlet} style={{ top: '70%', transform: 'translateY(-50%)' }}>
            <IconX size={12} aria-hidden color="var(--state-failed)" />
          </span>
        </>
      ) : (
        <Handle type="source" position={Position.Right} className={own()} isConnectable={isEditable} />
      )}
    </>
  );
}
