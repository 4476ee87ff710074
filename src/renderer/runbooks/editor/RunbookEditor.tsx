/** Writing a runbook: its text, what is wrong with it, its steps, and saving it into a folder of the team's. */
import { useMemo, useRef, useState } from 'react';
import type { RunbookEntry } from '../../../shared/runbooks/listing';
import { safeText } from '../../ui/safe-text';
import { useRunbookListingKept } from '../listing-store';
import { ConflictDialog } from './ConflictDialog';
import { editorOf, entriesNow, goOnFrom, keepUnsaved } from './drafts';
import type { RunbookDraft } from './drafts';
import { EditorHead } from './EditorHead';
import classes from './editor.module.css';
import { fileNameOf, fileNameProblem, freeName } from './file-names';
import { ImportDialog } from './ImportDialog';
import { LeaveDialog } from './LeaveDialog';
import { outlineOf } from './outline';
import { ProblemList } from './ProblemList';
import { SidePanel } from './SidePanel';
import { useSaveKey } from './use-save-key';
import { useCheck } from './use-check';
import { useSaving } from './use-saving';
import { useWritten } from './use-written';
import { WhereFields } from './WhereFields';
import { YamlEditor } from './YamlEditor';
import type { YamlHandle } from './YamlEditor';

export interface RunbookEditorProps {
  draft: RunbookDraft;
  onClose(): void;
  /** `preview`: the person wants to see at once what it would do. */
  onSaved(entry: RunbookEntry, options: { preview: boolean }): void;
}

/** One editor a draft: another draft is another editor. */
export function RunbookEditor(props: RunbookEditorProps) {
  return <OneEditor key={editorOf(props.draft)} {...props} />;
}

function OneEditor({ draft, onClose, onSaved }: RunbookEditorProps) {
  useRunbookListingKept();
  const { written, change, restored } = useWritten(draft);
  const { text, folder, fileName, base } = written;
  const { id, replaces } = written.draft;
  const [back, setBack] = useState(restored);
  const [leaving, setLeaving] = useState(false);
  const [importing, setImporting] = useState(false);
  const editor = useRef<YamlHandle>(null);
  const checked = useCheck(text);
  const steps = useMemo(() => outlineOf(text), [text]);
  const changed = text !== base;

  const saving = useSaving((entry, saved, preview) => {
    // The page may leave the editor open: it goes on from what was saved.
    goOnFrom(draft, saved);
    change({ draft: saved, base: saved.text, folder: entry.folder, fileName: entry.fileName });
    onSaved(entry, { preview });
  });
  const ready = folder !== null && fileNameProblem(fileName) === null;
  const save = (preview: boolean): void => {
    if (folder !== null && ready) saving.save({ folder, fileName, text, replaces }, preview);
  };
  const leave = (): void => (changed ? setLeaving(true) : onClose());
  useSaveKey(save);

  return (
    <section className={classes['editor']} aria-label="Runbook editor">
      <EditorHead
        name={checked.check?.name ?? null}
        highest={checked.check?.class ?? null}
        state={stateWord(id, changed)}
        fileName={fileName}
        broken={(checked.check?.problems.length ?? 0) > 0}
        ready={ready}
        busy={saving.busy}
        onSave={save}
        onLeave={leave}
        onImport={id === null ? () => setImporting(true) : null}
      />
      {id === null ? (
        <WhereFields
          folder={folder}
          fileName={fileName}
          onFolder={(next) => change({ folder: next })}
          onFileName={(next) => change({ fileName: next })}
        />
      ) : null}
      {back && (
        <div className={classes['back']} role="status">
          This is what you wrote before; it is not saved yet.
          {id !== null && (
            <button
              type="button"
              className={classes['link']}
              onClick={() => {
                editor.current?.write(base);
                setBack(false);
              }}
            >
              Begin again from the file
            </button>
          )}
        </div>
      )}
      <div className={classes['body']}>
        <div className={classes['text']}>
          <YamlEditor
            ref={editor}
            text={text}
            problems={checked.check?.problems ?? []}
            onChange={(next) => change({ text: next })}
          />
        </div>
        <SidePanel steps={steps} onGo={(line) => editor.current?.go({ line, column: 1 })} />
      </div>
      <ProblemList checked={checked} onGo={(problem) => editor.current?.go(problem)} />
      {saving.conflict !== null && (
        <ConflictDialog
          conflict={saving.conflict}
          busy={saving.busy}
          onClose={saving.keepWriting}
          onMine={() => {
            const { target, there, preview } = saving.conflict ?? {};
            if (target === undefined) return;
            saving.save({ ...target, replaces: there?.sha256 ?? null }, preview === true);
          }}
          onTheirs={() => {
            const there = saving.conflict?.there ?? null;
            saving.keepWriting();
            if (there === null) return;
            editor.current?.write(there.text);
            change({
              text: there.text,
              base: there.text,
              draft: { ...written.draft, base: there.text, replaces: there.sha256 },
            });
          }}
        />
      )}
      {importing && (
        <ImportDialog
          onClose={() => setImporting(false)}
          onImport={(imported, name) => {
            setImporting(false);
            editor.current?.write(imported);
            // A name that somebody chose stays.
            if (fileName !== draft.fileName) return;
            change({ fileName: freeName(fileNameOf(name), folder, entriesNow()) });
          }}
        />
      )}
      {leaving && (
        <LeaveDialog
          fileName={safeText(fileName)}
          onClose={() => setLeaving(false)}
          onKeep={onClose}
          onThrowAway={() => {
            keepUnsaved(written.draft, null);
            onClose();
          }}
        />
      )}
    </section>
  );
}

function stateWord(id: string | null, changed: boolean): string {
  if (id === null) return 'New, not saved yet';
  return changed ? 'Changed, not saved yet' : 'As saved';
}
