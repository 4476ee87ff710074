/** When and where the line was written, and what can be done with it. */
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconCopy,
  IconExternalLink,
  IconRoute,
  IconStar,
  IconStarFilled,
  IconX,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { ELASTIC_REGION } from '../../../shared/logs/elastic';
import type { LineAnswer } from '../../../shared/logs/engine-protocol';
import type { LogNote } from '../../../shared/logs/notes';
import { copyText } from '../../alarms/actions';
import { useConnections } from '../../stores/connections';
import { useTimeZone } from '../../stores/settings';
import { safeText } from '../../ui/safe-text';
import { formatClockSeconds, formatDate, zoneLabel } from '../../ui/time';
import type { TimeZone } from '../../ui/time';
import { useNoteActions } from '../notes/notes';
import { copyLine, openInConsole } from './copy-actions';
import classes from './detail.module.css';
import { followId } from './follow';
import { commandOf, consoleLinkOf, prettyOf, recordOf } from './line-copy';
import { ID_IN_TEXT, idsIn } from './line-ids';
import { delayWords } from './delay-words';

interface Props {
  line: LineAnswer;
  note: LogNote | undefined;
  onClose(): void;
}

export function DetailHead({ line, note, onClose }: Props) {
  return (
    <header className={classes['head']}>
      <div className={classes['actions']}>
        <FollowButton line={line} />
        <CopyMenu line={line} />
        <span className={classes['end']}>
          <Star line={line} note={note} />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label="Close the line"
            onClick={onClose}
          >
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </span>
      </div>
      <Where line={line} />
    </header>
  );
}

/** `2026-01-31 02:14:07.123 UTC`. */
function momentOf(ms: number, zone: TimeZone): string {
  const millis = String(Math.floor(ms) % 1_000).padStart(3, '0');
  return `${formatDate(ms, zone)} ${formatClockSeconds(ms, zone)}.${millis} ${zoneLabel(ms, zone)}`;
}

function Where({ line: { timestamp, ingestion, source } }: { line: LineAnswer }) {
  const zone = useTimeZone();
  const label = useConnections((state) => state.labels.get(source.connectionId));
  const delay = delayWords(timestamp, ingestion);
  return (
    <dl className={classes['where']}>
      <dt>Time</dt>
      <dd>
        {momentOf(timestamp, zone)}
        {zoneLabel(timestamp, zone) !== 'UTC' && (
          <span className={classes['dim']}> = {momentOf(timestamp, 'utc')}</span>
        )}
        {delay !== null && <span className={classes['dim']}> · {delay}</span>}
      </dd>
      <dt>From</dt>
      <dd>
        {safeText(label ?? source.connectionId)}
        {source.region !== ELASTIC_REGION && ` · ${safeText(source.region)}`}
      </dd>
      <dt>{source.region === ELASTIC_REGION ? 'Index' : 'Group'}</dt>
      <dd>{safeText(source.group)}</dd>
      <dt>Stream</dt>
      <dd>{safeText(source.stream) || '(none)'}</dd>
    </dl>
  );
}

function FollowButton({ line }: { line: LineAnswer }) {
  const ids = useMemo(() => idsIn(line.text), [line]);
  const [first, ...others] = ids;
  if (first === undefined) {
    return <span className={classes['dim']}>No id to follow</span>;
  }
  const follow = (value: string): void => followId(value, line);
  return (
    <Button.Group>
      <Button
        size="compact-xs"
        variant="default"
        className={classes['follow']}
        leftSection={<IconRoute size={13} aria-hidden />}
        title={`Searches its groups and those of the same application for ${safeText(first.value)}, 15 minutes before and after (f)`}
        onClick={() => follow(first.value)}
      >
        Follow {safeText(shortName(first.name))}
      </Button>
      {others.length > 0 && (
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <Button size="compact-xs" variant="default" aria-label="Follow another id">
              ▾
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {ids.map(({ name, value }) => (
              <Menu.Item key={value} onClick={() => follow(value)}>
                {safeText(name)} <span className={classes['mono']}>{safeText(cut(value))}</span>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Button.Group>
  );
}

const shortName = (name: string): string =>
  name === ID_IN_TEXT ? 'id' : name.slice(name.lastIndexOf('.') + 1).slice(0, 28);
const cut = (value: string): string => (value.length > 48 ? `${value.slice(0, 48)}…` : value);

function CopyMenu({ line }: { line: LineAnswer }) {
  const isAws = line.source.region !== ELASTIC_REGION;
  const pretty = useMemo(() => prettyOf(line.text), [line]);
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconCopy size={13} aria-hidden />}
        >
          Copy
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection={<kbd>c</kbd>} onClick={() => copyLine(line)}>
          As it came
        </Menu.Item>
        <Menu.Item
          disabled={pretty === null}
          onClick={() => void copyText(pretty ?? '', 'the line as JSON')}
        >
          JSON over lines
        </Menu.Item>
        <Menu.Item onClick={() => void copyText(recordOf(line), 'the line as a record')}>
          NDJSON record with its place
        </Menu.Item>
        {isAws && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => void copyText(commandOf(line), 'the command')}>
              Command of the AWS CLI
            </Menu.Item>
            <Menu.Item onClick={() => void copyText(consoleLinkOf(line), 'the link')}>
              Link to the AWS console
            </Menu.Item>
            <Menu.Item
              leftSection={<IconExternalLink size={13} aria-hidden />}
              onClick={() => openInConsole(line)}
            >
              Open in the AWS console
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function Star({ line, note }: { line: LineAnswer; note: LogNote | undefined }) {
  const { keep } = useNoteActions();
  const starred = note?.bookmarked === true;
  const label = starred ? 'Take the bookmark away (b)' : 'Bookmark the line (b)';
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label="Bookmark the line"
        aria-pressed={starred}
        onClick={() => void keep(line, note, { text: note?.text ?? '', bookmarked: !starred })}
      >
        {starred ? <IconStarFilled size={15} aria-hidden /> : <IconStar size={15} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
