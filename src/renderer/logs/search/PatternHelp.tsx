/** How what is sent along with a search is written, by example. */
import { Popover } from '@mantine/core';
import type { patternLanguage } from '../../../shared/logs/elastic-pattern';
import syntax from '../filter/filter.module.css';
import classes from './search.module.css';

type Language = ReturnType<typeof patternLanguage>;
type Example = readonly [example: string, meaning: string];

const words: readonly Example[] = [
  ['ERROR timeout', 'lines with both words; upper and lower case differ'],
  ['?ERROR ?FATAL', 'lines with any of these words'],
  ['ERROR -healthcheck', 'lines with the first word, without the second'],
  ['"two words"', 'exactly this text'],
];

const json: readonly Example[] = [
  ['{ $.level = "error" }', 'a field of JSON lines'],
  ['{ $.statusCode >= 500 }', 'also =, !=, >, <, <='],
  ['{ $.a = 1 && $.b != 2 }', 'also ||, and parentheses'],
  ['{ $.error.stack = * }', 'lines that have the field'],
];

const cloudwatch: readonly Example[] = [
  ...words,
  ['%time[ -]?out%', 'a regular expression'],
  ...json,
  ['{ $.path = "/api/*" }', 'a star stands for any text'],
  ['{ $.error NOT EXISTS }', 'also IS NULL, IS TRUE, IS FALSE'],
  ['{ $.path = %^/api% }', 'a regular expression for a field'],
  ['[ip, user, ..., status = 5*, bytes]', 'lines of values with spaces between'],
];

const lucene: readonly Example[] = [
  ['timeout', 'lines with the word'],
  ['"two words"', 'exactly this text'],
  ['level:error', 'a field'],
  ['statusCode:>=500', 'also >, <, <=, and [400 TO 499]'],
  ['level:error AND NOT path:health', 'also OR, and parentheses'],
  ['_exists_:error.stack', 'lines that have the field'],
];

/** By what is typed into; each is understood by the language it is listed for. */
export const examples: Record<Language, readonly Example[]> = {
  cloudwatch,
  lucene,
  both: [...words, ...json],
};

export function PatternHelp({ language }: { language: Language }) {
  return (
    <Popover position="bottom-end" shadow="md" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes['help']}
          aria-label="How a pattern is written"
          title="How a pattern is written"
        >
          ?
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="How a pattern is written">
        <table className={syntax['syntax']}>
          <thead className="nd-visually-hidden">
            <tr>
              <th scope="col">Pattern</th>
              <th scope="col">Finds</th>
            </tr>
          </thead>
          <tbody>
            {examples[language].map(([example, meaning]) => (
              <tr key={example}>
                <td>
                  <code>{example}</code>
                </td>
                <td>{meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={classes['helpNote']}>
          It decides what is fetched. Empty fetches every line; the filter below narrows those at
          once.
        </p>
      </Popover.Dropdown>
    </Popover>
  );
}
