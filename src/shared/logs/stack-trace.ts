/** A line of a message with several, told apart for folding. */
export interface StackLine {
  text: string;
  kind: 'text' | 'cause' | 'frame';
  /** A frame of a library or of the run time, of no interest at first. */
  foreign: boolean;
}

/** Frames of Node, Java, .NET, Python, Go and Ruby. */
const frame =
  /^\s*(?:at\s+\S|\.\.\. \d+ (?:more|common frames)|File "[^"]*", line \d+|\S+\.go:\d+|(?:from\s+)?\S+\.rb:\d+:in\b)/;
const cause =
  /^\s*(?:Caused by|Suppressed|\[cause\]|--->)\b|^(?:[\w.$]+(?:Error|Exception))(?::|$)/;
const foreign =
  /node_modules|\bnode:|\(internal\/|<anonymous>|\bat (?:java|javax|jdk|sun|org\.springframework|org\.apache|io\.netty|System|Microsoft)\.|site-packages|lib\/python|\/usr\/local\/go\/|\/gems\//;

/** Null when the message has no stack trace: fewer than two frames. */
export function stackLines(message: string): StackLine[] | null {
  if (!message.includes('\n')) return null;
  const lines = message.split(/\r?\n/).map((text): StackLine => {
    const kind = frame.test(text) ? 'frame' : cause.test(text) ? 'cause' : 'text';
    return { text, kind, foreign: kind === 'frame' && foreign.test(text) };
  });
  return lines.filter(({ kind }) => kind === 'frame').length >= 2 ? lines : null;
}

/** Runs of frames that are folded at first: the foreign ones, and what follows the fifth of one's own. */
export function foldedRuns(lines: readonly StackLine[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  let own = 0;
  lines.forEach(({ kind, foreign: isForeign }, i) => {
    if (kind !== 'frame') {
      own = 0;
      return;
    }
    if (!isForeign) own += 1;
    if (!isForeign && own <= 5) return;
    const last = runs.at(-1);
    if (last && last.to === i) last.to = i + 1;
    else runs.push({ from: i, to: i + 1 });
  });
  return runs.filter(({ from, to }) => to - from > 1);
}
