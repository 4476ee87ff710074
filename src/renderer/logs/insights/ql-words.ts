/** Words of the three query languages: for colours, completion and its hints. */
import type { Language } from './store';

export interface Word {
  name: string;
  /** One sentence. */
  help: string;
}

const words = (list: string): Word[] =>
  list
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', help = ''] = line.trim().split(' | ');
      return { name, help };
    });

const insightsCommands = words(`
  fields | Shows these fields, or what is computed of them.
  display | The fields to be shown in the end.
  filter | Keeps the records that fit: filter statusCode >= 500 and level = "error".
  filterIndex | Reads only records whose indexed field fits, so less is scanned.
  stats | Computes over all records, or for each group: stats count(*) by bin(5m).
  sort | Orders by a field, asc or desc.
  limit | So many rows at most.
  parse | Takes fields out of a text with * or a regular expression.
  dedup | Only the first record of each value.
  pattern | Groups messages that are alike.
  diff | Compares with the time before.
  unmask | Shows what a data protection policy masks.
  unnest | A row for each element of a list.
  anomaly | Finds what is unusual.
  lookup | Adds fields from a lookup table.
  SOURCE | Names the log groups in the query itself.
`);

const insightsWords = words(`
  by | Groups of stats.
  as | A name for what was computed.
  asc | Smallest first.
  desc | Largest first.
  and | Both are true.
  or | One of both is true.
  not | The opposite.
  like | Holds a text or fits a regular expression.
  in | Is one of a list.
`);

const aggregates = words(`
  count | Records, or records that have the field.
  count_distinct | Different values; an estimate where there are many.
  sum | All values added.
  avg | The mean.
  min | The smallest value.
  max | The largest value.
  pct | A percentile: pct(responseTime, 99).
  stddev | The standard deviation.
  median | The middle value.
  earliest | The value of the earliest record.
  latest | The value of the latest record.
  sortsFirst | The value that is first in order.
  sortsLast | The value that is last in order.
`);

const insightsFunctions = words(`
  bin | The time rounded down: bin(5m) of @timestamp.
  datefloor | A time rounded down to a period.
  dateceil | A time rounded up to a period.
  fromMillis | A number of milliseconds as a time.
  toMillis | A time as milliseconds.
  now | The time the query began (s).
  abs | The value without its sign.
  ceil | Rounded up.
  floor | Rounded down.
  greatest | The largest of several.
  least | The smallest of several.
  log | The natural logarithm.
  sqrt | The square root.
  concat | Texts put together.
  strlen | Length of a text.
  trim | Without blanks around it.
  ltrim | Without blanks before it.
  rtrim | Without blanks behind it.
  tolower | In small letters.
  toupper | In capital letters.
  substr | Part of a text: from, length.
  replace | Every occurrence replaced.
  strcontains | 1 where the text holds another.
  isempty | True where it is missing or empty.
  isblank | True where it is missing, empty or blanks.
  ispresent | True where the record has the field.
  coalesce | The first that is there.
  if | One of two, by a condition.
  isValidIp | True for an IP address.
  isValidIpv4 | True for an IPv4 address.
  isValidIpv6 | True for an IPv6 address.
  isIpInSubnet | True where an address lies in a subnet.
  isIpv4InSubnet | True where an IPv4 address lies in a subnet.
  isIpv6InSubnet | True where an IPv6 address lies in a subnet.
  jsonParse | A text read as JSON.
  jsonStringify | A structure as JSON text.
`);

const pplCommands = words(`
  fields | Shows these fields, or with - leaves them out.
  where | Keeps the records that fit.
  stats | Computes for each group: stats count() by span(\`@timestamp\`, 5m).
  eventstats | Computes and adds the answer to each record.
  sort | Orders; - before a field for the largest first.
  head | So many rows at most.
  eval | Computes a field.
  parse | Takes fields out of a text with a regular expression.
  dedup | Only the first record of each value.
  rename | Another name for a field.
  top | The most frequent values.
  rare | The rarest values.
  fillnull | Fills in where nothing is.
  expand | A row for each element of a list.
  flatten | Fields of a structure side by side.
  trendline | Moving averages.
`);

const pplWords = words(`
  by | Groups of stats.
  as | A name for what was computed.
  and | Both are true.
  or | One of both is true.
  not | The opposite.
  like | Fits a text with % and _.
  in | Is one of a list.
  span | The time in steps: span(\`@timestamp\`, 5m).
`);

const sqlWords = words(`
  SELECT | What is shown.
  FROM | The log groups, by name in backticks.
  WHERE | Keeps the records that fit.
  GROUP BY | Groups of what is computed.
  HAVING | Keeps the groups that fit.
  ORDER BY | Order of the rows.
  LIMIT | So many rows at most.
  AS | A name for what was computed.
  AND | Both are true.
  OR | One of both is true.
  NOT | The opposite.
  LIKE | Fits a text with % and _.
  IN | Is one of a list.
  BETWEEN | Lies between two values.
  IS NULL | Nothing is there.
  ASC | Smallest first.
  DESC | Largest first.
  DISTINCT | Each value once.
  CASE | One of several, by conditions.
  WHEN | A condition of CASE.
  THEN | What a condition of CASE gives.
  ELSE | What CASE gives otherwise.
  END | Ends CASE.
  INNER JOIN | Rows of two groups that belong together.
  LEFT OUTER JOIN | All rows of the first, with what belongs to them.
  ON | What belongs together.
  UNION | Rows of two questions.
`);

const otherFunctions = words(`
  count | Records, or records that have the field.
  sum | All values added.
  avg | The mean.
  min | The smallest value.
  max | The largest value.
  abs | The value without its sign.
  round | Rounded.
  concat | Texts put together.
  length | Length of a text.
  lower | In small letters.
  upper | In capital letters.
  trim | Without blanks around it.
  substring | Part of a text: from, length.
  coalesce | The first that is there.
  date_format | A time as text.
`);

export interface Vocabulary {
  /** What a line, or a part behind `|`, begins with. */
  commands: readonly Word[];
  words: readonly Word[];
  functions: readonly Word[];
}

const vocabularies: Readonly<Record<Language, Vocabulary>> = {
  CWLI: {
    commands: insightsCommands,
    words: insightsWords,
    functions: [...aggregates, ...insightsFunctions],
  },
  PPL: {
    commands: pplCommands,
    words: pplWords,
    functions: [
      ...otherFunctions,
      ...words('distinct_count | Different values.\npercentile | A percentile.'),
    ],
  },
  SQL: {
    commands: [],
    words: sqlWords,
    functions: [
      ...otherFunctions,
      ...words('date_trunc | A time rounded down.\nget_json_object | A value out of JSON text.'),
    ],
  },
};

export const vocabularyOf = (language: Language): Vocabulary => vocabularies[language];

/** Fields that CloudWatch gives every record. */
export const usualFields: readonly Word[] = words(`
  @timestamp | When it happened.
  @message | The record as it was written.
  @logStream | The stream it is of.
  @log | Account and log group.
  @ingestionTime | When CloudWatch received it.
  @entity | What it is about, where that is known.
  @ptr | What the whole record is found by.
`);
