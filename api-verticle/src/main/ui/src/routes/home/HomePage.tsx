import { Skeleton } from '@mantine/core';
import { IconTopologyStar3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '~/components/EmptyState';
import { ButtonLink } from '~/components/links';
import { Page } from '~/components/Page';
import { Problem } from '~/components/Problem';
import { Section } from '~/components/Section';
import type { Overview } from '~/services/cluster';
import { ClusterSection } from './ClusterSection';
import { Counts } from './Counts';
import { Hours } from './Hours';
import { Lately } from './Lately';
import { useCluster, useOverview } from './useLive';
import classes from './HomePage.module.css';

export function HomePage() {
  const { t } = useTranslation('home');
  const overview = useOverview();
  const cluster = useCluster();
  const found = overview.value;
  const isFirst = found !== null && Object.values(found.counts).every((count) => count.count === 0);
  return (
    <Page title={t('title')}>
      <div className={classes.stack}>
        {overview.problem !== null && <Problem problem={overview.problem} />}
        {isFirst ? (
          <Section title={t('counts.label')}>
            <EmptyState icon={IconTopologyStar3} title={t('first.title')} text={t('first.text')}>
              <ButtonLink to="/projects">{t('first.action')}</ButtonLink>
            </EmptyState>
          </Section>
        ) : (
          <Work overview={found} />
        )}
        <ClusterSection cluster={cluster.value} problem={cluster.problem} />
      </div>
    </Page>
  );
}

function Work({ overview }: { overview: Overview | null }) {
  const { t } = useTranslation('home');
  return (
    <>
      <Counts counts={overview?.counts ?? null} />
      <div className={classes.columns}>
        <Lately title={t('running.title')} none={t('running.none')} state="RUNNING" rows={overview?.running ?? null} />
        <Lately title={t('waiting.title')} none={t('waiting.none')} state="SUBMITTED" rows={overview?.waiting ?? null} />
      </div>
      <div className={classes.columns}>
        <Lately title={t('failed.title')} none={t('failed.none')} state="FAILED" rows={overview?.failed ?? null} />
        <Section title={t('hours.title')} aside={overview?.isHoursPartial ? t('hours.partial') : undefined} padded>
          {overview ? <Hours hours={overview.hours} /> : <Skeleton height={128} />}
        </Section>
      </div>
    </>
  );
}
