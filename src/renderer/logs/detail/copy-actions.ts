/** Taking a line to the clipboard, and to the AWS console. */
import type { LineAnswer } from '../../../shared/logs/engine-protocol';
import { copyText } from '../../alarms/actions';
import { ask } from '../../bridge';
import { showFailure } from '../../stores/toasts';
import { consoleLinkOf } from './line-copy';

export function copyLine(line: LineAnswer): void {
  void copyText(line.text, 'the line as it came');
}

export function openInConsole(line: LineAnswer): void {
  ask('app.openExternal', consoleLinkOf(line)).catch((error: unknown) =>
    showFailure(error, 'app.openExternal'),
  );
}
