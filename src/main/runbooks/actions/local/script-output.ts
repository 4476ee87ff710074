/** What a script writes: kept up to 1 MB, the rest read and dropped so that it never waits for a reader. */
import { StringDecoder } from 'node:string_decoder';
import type { StepOutput } from '../../../../shared/runbooks/run';
import { jsonOutput, textOutput } from './output';

/** Bytes kept of both streams together. */
const LIMIT = 1_048_576;
/** Characters shown while it goes on: its last words. */
const LIVE = 20_000;
/** Characters of JSON of each stream, so that both fit an output. */
const ROOM = 500_000;
const TAIL = 600;

export type Stream = 'stdout' | 'stderr';

export class ScriptOutput {
  private readonly texts: Record<Stream, string> = { stdout: '', stderr: '' };
  private readonly decoders: Record<Stream, StringDecoder> = {
    stdout: new StringDecoder('utf8'),
    stderr: new StringDecoder('utf8'),
  };
  /** Both in the order they came. */
  private together = '';
  private kept = 0;
  private dropped = 0;

  add(stream: Stream, chunk: Buffer): void {
    const room = Math.max(0, LIMIT - this.kept);
    const taken = chunk.subarray(0, room);
    this.kept += taken.length;
    this.dropped += chunk.length - taken.length;
    const text = this.decoders[stream].write(taken);
    this.texts[stream] += text;
    this.together += text;
  }

  get stderr(): string {
    return this.texts.stderr;
  }

  live(): StepOutput {
    const cut = this.together.length > LIVE;
    const shown = cut ? `…\n${this.together.slice(-LIVE)}` : this.together;
    return textOutput(shown + this.dropWords());
  }

  /** The end of what it said, for the sentence of a failure. */
  tail(): string {
    const text = (this.texts.stderr.trim() === '' ? this.texts.stdout : this.texts.stderr).trim();
    return text.length <= TAIL ? text : `…${text.slice(-TAIL)}`;
  }

  result(exitCode: number): StepOutput {
    return jsonOutput({
      exitCode,
      stdout: fitting(this.texts.stdout),
      stderr: fitting(this.texts.stderr),
      ...(this.dropped > 0 ? { cut: this.dropWords().trim() } : {}),
    });
  }

  private dropWords(): string {
    return this.dropped === 0 ? '' : `\n(cut at 1 MB; ${this.dropped} bytes more were not kept)`;
  }
}

/** Control characters take six in JSON. */
function fitting(text: string): string {
  let fits = text;
  for (let size = JSON.stringify(fits).length; size > ROOM; size = JSON.stringify(fits).length) {
    fits = fits.slice(0, Math.floor((fits.length * ROOM) / size) - 1);
  }
  return fits === text ? text : `${fits}… (cut)`;
}
