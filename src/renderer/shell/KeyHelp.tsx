/** Every key, from the same table the handlers read. */
import { Modal } from '@mantine/core';
import { keyTable, showKey } from '../keys';
import type { KeyGroup } from '../keys';
import { useApp } from '../stores/app';
import { useDialogs } from '../stores/dialogs';
import classes from './KeyHelp.module.css';

const groups: readonly KeyGroup[] = ['Move', 'Act', 'Find', 'Charts', 'Go'];

/** One line per command, with all its keys together. */
function linesOf(group: KeyGroup): { label: string; keys: string[] }[] {
  const lines = new Map<string, { label: string; keys: string[] }>();
  for (const binding of keyTable) {
    if (binding.group !== group) continue;
    const line = lines.get(binding.command);
    if (line === undefined)
      lines.set(binding.command, { label: binding.label, keys: [...binding.keys] });
    else line.keys.push(...binding.keys);
  }
  return [...lines.values()];
}

export function KeyHelp() {
  const open = useDialogs((state) => state.open?.kind === 'help');
  const mac = useApp((state) => state.platform) === 'darwin';
  return (
    <Modal
      opened={open}
      onClose={() => useDialogs.getState().close()}
      title="Keyboard"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes['groups']}>
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h2 className={classes['group']}>{group}</h2>
            <dl className={classes['list']}>
              {linesOf(group).map(({ label, keys }) => (
                <div key={label} className={classes['line']}>
                  <dt>{label}</dt>
                  <dd>
                    {keys.map((key) => (
                      <kbd key={key}>{showKey(key, mac)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
