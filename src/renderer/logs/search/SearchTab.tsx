/** Search with CloudWatch's filter patterns: what is looked for, how far it got, and what was found. */
import { EventsPane } from '../events/EventsPane';
import { GroupPicker } from '../picker/GroupPicker';
import classes from './search.module.css';
import { SearchBar } from './SearchBar';
import { SearchProgressLine } from './SearchProgressLine';
import { useSearch, useSearchPage } from './search-run';
import { useSearchKeys } from './use-search-keys';

export function SearchTab() {
  useSearchPage();
  useSearchKeys();
  const run = useSearch((state) => state.run);
  return (
    <div className={classes['tab']}>
      <SearchBar />
      <div>
        <SearchProgressLine />
      </div>
      {run === null || (run.progress === null && run.failure !== null) ? (
        <GroupPicker />
      ) : (
        <EventsPane
          key={run.search.searchId}
          pane={run.pane}
          opened={run.opened}
          busy={run.progress === null || run.progress.phase === 'searching'}
          window={run.search}
          coverage={run.progress?.groups ?? []}
          hasPattern={run.search.pattern !== ''}
        />
      )}
    </div>
  );
}
