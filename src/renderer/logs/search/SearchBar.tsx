/** What is searched for, where and when. */
import { Button } from '@mantine/core';
import { IconArrowBackUp, IconPlayerStop, IconSearch } from '@tabler/icons-react';
import { elasticSourceId } from '../../../shared/logs/elastic';
import { patternLanguage } from '../../../shared/logs/elastic-pattern';
import { RangePicker } from '../../dashboards/RangePicker';
import { safeText } from '../../ui/safe-text';
import { GroupPickerButton } from '../picker/GroupPicker';
import { SavedSearchMenu } from '../saved/SavedSearchMenu';
import { useLogs } from '../store';
import classes from './search.module.css';
import { patternMistake } from './pattern-check';
import { PatternHelp } from './PatternHelp';
import { backToSearchBefore, startSearch, stopSearch, useSearch } from './search-run';
import { patternFieldId } from './use-search-keys';

const placeholders = {
  cloudwatch: 'Filter pattern: ERROR, "two words", { $.level = "error" }',
  lucene: 'Lucene query: timeout, "two words", level:error AND statusCode:>=500',
  both: 'For CloudWatch and others alike: ERROR, "two words", { $.level = "error" }',
};

function PatternField() {
  const pattern = useLogs((state) => state.pattern);
  const language = useLogs(({ chosen }) =>
    patternLanguage(chosen.map(({ connectionId }) => elasticSourceId(connectionId) !== null)),
  );
  const mistake = language === 'lucene' ? null : patternMistake(pattern);
  const { setPattern } = useLogs.getState();
  return (
    <div className={classes['field']}>
      <IconSearch size={15} aria-hidden />
      <input
        id={patternFieldId}
        className={classes['pattern']}
        aria-label="Log query"
        aria-invalid={mistake !== null}
        aria-describedby={mistake === null ? undefined : 'log-pattern-mistake'}
        placeholder={placeholders[language]}
        spellCheck={false}
        value={pattern}
        onChange={(event) => setPattern(event.currentTarget.value)}
      />
      <PatternHelp language={language} />
      {mistake !== null && (
        <span id="log-pattern-mistake" className={classes['mistake']} role="status">
          {safeText(mistake)}
        </span>
      )}
    </div>
  );
}

function Order() {
  const newestFirst = useLogs((state) => state.newestFirst);
  const { setNewestFirst } = useLogs.getState();
  return (
    <button
      type="button"
      className={classes['order']}
      onClick={() => setNewestFirst(!newestFirst)}
      title="Which end of the time range is searched first"
    >
      {newestFirst ? 'Newest first' : 'Oldest first'}
    </button>
  );
}

export function SearchBar() {
  const range = useLogs((state) => state.range.current);
  const nothing = useLogs((state) => state.chosen.length === 0);
  const searching = useSearch(({ run }) => run !== null && run.progress?.phase === 'searching');
  const hasBefore = useSearch(({ before }) => before.length > 0);
  const { setRange } = useLogs.getState();
  return (
    <form
      className={classes['bar']}
      role="search"
      aria-label="Log search"
      onSubmit={(event) => {
        event.preventDefault();
        void startSearch();
      }}
    >
      <GroupPickerButton />
      <RangePicker range={range} onRange={setRange} />
      <PatternField />
      <Order />
      <SavedSearchMenu />
      {hasBefore && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={backToSearchBefore}
        >
          Search before
        </Button>
      )}
      {searching ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerStop size={14} aria-hidden />}
          onClick={stopSearch}
        >
          Stop
        </Button>
      ) : (
        <Button size="xs" type="submit" disabled={nothing}>
          Search
        </Button>
      )}
    </form>
  );
}
