/** The list on the left, what is selected on the right. */
import { Suspense } from 'react';
import { ErrorBoundary } from '../shell/ErrorBoundary';
import { AlarmDetail, FirstRun } from '../shell/slots';
import { usePainted } from '../shell/use-painted';
import { useApp } from '../stores/app';
import { useNavigation } from '../stores/navigation';
import { AlarmList } from './AlarmList';
import classes from './AlarmsPage.module.css';
import { focusIds } from './focus';

export function AlarmsPage() {
  usePainted();
  const alarmKey = useNavigation((state) => state.alarmKey);
  // The demo is already at work in the list while a new user decides.
  const welcome = useApp((state) => state.firstRun) && alarmKey === null;
  return (
    <div className={classes['page']}>
      <AlarmList />
      <div className={classes['detail']} id={focusIds.detail} tabIndex={-1}>
        <ErrorBoundary what="The alarm's detail" resetKey={alarmKey ?? ''}>
          <Suspense fallback={null}>
            {welcome ? <FirstRun /> : <AlarmDetail alarmKey={alarmKey} />}
          </Suspense>
        </ErrorBoundary>
      </div>
    </div>
  );
}
