/** A mistake in what was typed, with the place to underline. */
export interface FilterMistake {
  message: string;
  /** Half open, in UTF-16 units of what was typed. */
  from: number;
  to: number;
}

/** Thrown and caught within the parser only. */
export class MistakeError extends Error {
  constructor(readonly mistake: FilterMistake) {
    super(mistake.message);
    this.name = new.target.name;
  }
}

/** Look-around and back-references cannot be answered in linear time, so no line may be asked them. */
const unsafe = /\(\?<?[=!]|\\(?:[1-9]|k<)/;

/** Reads the text from left to right. */
export class Scanner {
  at = 0;

  constructor(readonly text: string) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  spaces(): void {
    while (/\s/.test(this.text.charAt(this.at))) this.at += 1;
  }

  next(piece: string): boolean {
    return this.text.startsWith(piece, this.at);
  }

  take(piece: string): boolean {
    if (!this.next(piece)) return false;
    this.at += piece.length;
    return true;
  }

  /** What `pattern` (sticky) matches here, taken. */
  match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return null;
    this.at += found.length;
    return found;
  }

  fail(message: string, from: number, to = this.at): never {
    const limit = this.text.length;
    const start = Math.min(from, Math.max(0, limit - 1));
    throw new MistakeError({ message, from: start, to: Math.min(limit, Math.max(to, start + 1)) });
  }

  /** From the opening quote on. */
  quoted(): string {
    const from = this.at;
    this.at += 1;
    let value = '';
    while (!this.done) {
      const letter = this.text.charAt(this.at);
      this.at += 1;
      if (letter === '"') return value;
      if (letter === '\\' && !this.done) {
        value += this.text.charAt(this.at);
        this.at += 1;
      } else value += letter;
    }
    return this.fail('The closing quote is missing.', from);
  }

  /** From the opening slash on. */
  regex(): { source: string; ignoreCase: boolean } {
    const from = this.at;
    const whole = this.match(/\/(?:\\[^]|\[(?:\\[^]|[^\]\\])*\]|[^/\\[])+\//y);
    if (whole === null) return this.fail('The closing slash is missing.', from, this.text.length);
    const flags = this.match(/[a-z]*/y) ?? '';
    if (!/^i?$/.test(flags)) this.fail('Only i (ignore case) may follow the slash.', from);
    const source = whole.slice(1, -1).replaceAll('\\/', '/');
    if (unsafe.test(source)) {
      this.fail('Look-ahead, look-behind and back-references are not supported.', from);
    }
    const problem = regexProblem(source);
    if (problem) this.fail(problem, from);
    return { source, ignoreCase: flags === 'i' };
  }
}

function regexProblem(source: string): string | null {
  try {
    RegExp(source);
    return null;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return `This is no regular expression: ${reason.replace(/^Invalid regular expression: /, '')}.`;
  }
}
