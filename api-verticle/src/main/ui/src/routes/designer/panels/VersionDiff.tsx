import { Modal, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '~/components/Problem';
import { loadYaml } from '~/services/definitions';
import classes from '../designer.module.css';
import { foldSame, lineDiff } from '../model/lineDiff';
import type { DiffRow } from '../model/lineDiff';

interface VersionDiffProps {
  project: string;
  workflow: string;
  before: number;
  after: number;
  onClose(): void;
}

const SIGNS = { same: ' ', added: '+', removed: '−', gap: '⋯' };

/** Two versions as files, line by line. */
export function VersionDiff({ project, workflow, before, after, onClose }: VersionDiffProps) {
  const { t } = useTranslation('designer');
  const query = useQuery({
    queryKey: ['version-diff', project, workflow, before, after],
    queryFn: ({ signal }) =>
      Promise.all([before, after].map((version) => loadYaml(project, workflow, version, signal))),
    staleTime: Infinity,
  });
  const rows = useMemo(() => {
    const [old = '', fresh = ''] = query.data ?? [];
    return query.data === undefined ? null : foldSame(lineDiff(old, fresh));
  }, [query.data]);
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(960px, 92vw)"
      title={t('versions.compareTitle', { before, after })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {query.isError && <Problem problem={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={240} />}
      {rows !== null && rows.every((row) => row.kind === 'gap') && <Text size="sm">{t('versions.equal')}</Text>}
      {rows?.some((row) => row.kind !== 'gap') && (
        <div className={classes.diff} tabIndex={0} role="region" aria-label={t('versions.compareTitle', { before, after })}>
          {rows.map((row, index) => (
            <Line key={index} row={row} />
          ))}
        </div>
      )}
    </Modal>
  );
}

function Line({ row }: { row: DiffRow }) {
  const { t } = useTranslation('designer');
  return (
    <div className={classes.diffLine} data-kind={row.kind}>
      <span className={classes.diffSign} aria-hidden>
        {SIGNS[row.kind]}
      </span>
      {row.kind !== 'gap' && row.kind !== 'same' && (
        <span className="visually-hidden">{t(`versions.${row.kind}`)}</span>
      )}
      <span>{row.kind === 'gap' ? t('versions.gap', { count: row.count }) : row.text}</span>
    </div>
  );
}
