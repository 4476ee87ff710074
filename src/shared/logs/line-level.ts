import { jsonIn, scalarsOf, valuesAt } from './filter/json-path';
import { type LogLevel, levelOf, levelOfText, levelPaths } from './log-event';

/** The level a line was written at: of JSON by its keys, else as the text says it; null when it says none. */
export function levelOfLine(message: string): LogLevel | null {
  const json = jsonIn(message);
  for (const path of levelPaths) {
    for (const value of valuesAt(json, path).flatMap(scalarsOf)) {
      const level = levelOf(value);
      if (level !== null) return level;
    }
  }
  return levelOfText(message);
}
