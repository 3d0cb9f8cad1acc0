import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import {
  IconArrowAutofitDown,
  IconChevronDown,
  IconChevronUp,
  IconDownload,
  IconLink,
  IconPlayerPause,
  IconSearch,
  IconTextWrap,
} from '@tabler/icons-react';
import { useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { bytesText } from '~/components/timeText';
import { toast } from '~/components/toasts';
import { downloadAddress } from '~/services/logBytes';
import classes from './log.module.css';

export interface LogToolbarProps {
  taskInstanceId: string;
  status: 'loading' | 'live' | 'paused' | 'ended';
  size: number;
  isCompact: boolean;
  isWrapped: boolean;
  onWrap(): void;
  isFollowing: boolean;
  onPause(): void;
  needle: string;
  onNeedle(text: string): void;
  onSearch(direction: 1 | -1): void;
  onJump(line: number): void;
  searchBox: RefObject<HTMLInputElement | null>;
  jumpBox: RefObject<HTMLInputElement | null>;
  /** Offset of the first line in sight. */
  placeOf(): number;
}

export function LogToolbar(props: LogToolbarProps) {
  const { t } = useTranslation('log');
  const { taskInstanceId, status, isCompact } = props;
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('label')}>
      <span className={classes.status} role="status">
        <i className={classes.dot} data-status={status} aria-hidden />
        {t(`status.${status}`)}
        <span className="soft">{bytesText(props.size)}</span>
      </span>
      <span className={classes.grow} />
      {!isCompact && <SearchBox {...props} />}
      {!isCompact && <JumpBox {...props} />}
      <Tooltip label={t('wrap')}>
        <ActionIcon
          aria-label={t('wrap')}
          aria-pressed={props.isWrapped}
          variant={props.isWrapped ? 'light' : 'subtle'}
          onClick={props.onWrap}
        >
          <IconTextWrap size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {!isCompact && (
        <Tooltip label={t('copyLink')}>
          <ActionIcon aria-label={t('copyLink')} onClick={() => void copyLink(props.placeOf(), t('linkCopied'))}>
            <IconLink size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={t('download')}>
        <ActionIcon component="a" href={downloadAddress(taskInstanceId)} download aria-label={t('download')}>
          <IconDownload size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {status !== 'ended' &&
        (isCompact ? (
          <Tooltip label={t(props.isFollowing ? 'pause' : 'follow')}>
            <ActionIcon aria-label={t(props.isFollowing ? 'pause' : 'follow')} onClick={props.onPause}>
              {props.isFollowing ? <IconPlayerPause size={18} aria-hidden /> : <IconArrowAutofitDown size={18} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        ) : (
          <Button
            size="xs"
            variant="default"
            w={136}
            leftSection={
              props.isFollowing ? <IconPlayerPause size={14} aria-hidden /> : <IconArrowAutofitDown size={14} aria-hidden />
            }
            onClick={props.onPause}
          >
            {t(props.isFollowing ? 'pause' : 'follow')}
          </Button>
        ))}
    </div>
  );
}

function SearchBox({ needle, onNeedle, onSearch, searchBox }: LogToolbarProps) {
  const { t } = useTranslation('log');
  function onKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter') {
      event.preventDefault();
      onSearch(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      event.currentTarget.blur();
    }
  }
  return (
    <>
      <TextInput
        ref={searchBox}
        size="xs"
        w={224}
        aria-label={t('find')}
        placeholder={t('find')}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={needle}
        onChange={(event) => onNeedle(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <Tooltip label={t('previous')}>
        <ActionIcon aria-label={t('previous')} onClick={() => onSearch(-1)} disabled={needle === ''}>
          <IconChevronUp size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('next')}>
        <ActionIcon aria-label={t('next')} onClick={() => onSearch(1)} disabled={needle === ''}>
          <IconChevronDown size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

function JumpBox({ onJump, jumpBox }: LogToolbarProps) {
  const { t } = useTranslation('log');
  const [typed, setTyped] = useState('');
  return (
    <TextInput
      ref={jumpBox}
      size="xs"
      w={96}
      inputMode="numeric"
      aria-label={t('jumpLabel')}
      placeholder={t('jump')}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value.replace(/\D/g, '').slice(0, 12))}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && Number(typed) > 0) onJump(Number(typed));
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}

async function copyLink(at: number, done: string): Promise<void> {
  const address = new URL(location.href);
  address.searchParams.set('at', String(at));
  try {
    await navigator.clipboard.writeText(address.href);
    toast('done', done);
  } catch {
    // Without HTTPS there is no clipboard: the address bar serves instead.
    history.replaceState(history.state, '', address);
  }
}
