/** Exports that run, that wait to be gone on with, and that are done. */
import { Button } from '@mantine/core';
import type { ExportProgress } from '../../../shared/logs/export';
import { safeText } from '../../ui/safe-text';
import classes from './export.module.css';
import { exportSentence, fileNameOf, formatNames, leftOutText, percent } from './export-words';
import { discardExport, resumeExport, stopExport, useExports } from './store';

export function ExportList() {
  const byId = useExports((state) => state.byId);
  const list = [...byId.values()].toReversed();
  if (list.length === 0) return null;
  return (
    <ul className={classes['list']} aria-label="Exports">
      {list.map((progress) => (
        <Line key={progress.exportId} progress={progress} />
      ))}
    </ul>
  );
}

function Line({ progress }: { progress: ExportProgress }) {
  const { phase, path, format, fraction } = progress;
  const name = safeText(fileNameOf(progress));
  const missing = leftOutText(progress);
  return (
    <li className={classes['line']}>
      <div className={classes['head']}>
        <span className={classes['name']} title={safeText(path)}>
          {name}
        </span>
        <span className={classes['format']}>{formatNames[format]}</span>
        <Actions progress={progress} name={name} />
      </div>
      {phase !== 'done' && (
        <div
          className={classes['meter']}
          role="progressbar"
          aria-label={`Exported to ${name}`}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent(fraction)}
        >
          <span style={{ inlineSize: `${fraction * 100}%` }} />
        </div>
      )}
      <span className={classes['sentence']} data-bad={phase === 'failed'}>
        {exportSentence(progress)}
      </span>
      {missing !== null && (
        <span className={classes['sentence']} data-bad>
          {missing}
        </span>
      )}
    </li>
  );
}

function Actions({ progress, name }: { progress: ExportProgress; name: string }) {
  const { exportId, phase, resumable } = progress;
  if (phase === 'running') {
    return (
      <Small label={`Stop the export to ${name}`} onClick={() => stopExport(exportId)}>
        Stop
      </Small>
    );
  }
  return (
    <>
      {resumable && (
        <Small label={`Resume the export to ${name}`} onClick={() => resumeExport(exportId)}>
          Resume
        </Small>
      )}
      {resumable ? (
        <Small label={`Discard the export to ${name}`} onClick={() => void discardExport(exportId)}>
          Discard
        </Small>
      ) : (
        <Small
          label={`Take the export to ${name} off the list`}
          onClick={() => void discardExport(exportId)}
        >
          Dismiss
        </Small>
      )}
    </>
  );
}

interface SmallProps {
  label: string;
  children: string;
  onClick(): void;
}

const Small = ({ label, children, onClick }: SmallProps) => (
  <Button size="compact-xs" variant="subtle" aria-label={label} onClick={onClick}>
    {children}
  </Button>
);
