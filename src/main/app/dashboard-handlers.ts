import type { DashboardService } from '../seams';
import type { DoorHandlers } from '../shell/ipc-door';

type Names =
  | 'dashboards.list'
  | 'dashboards.refresh'
  | 'dashboards.open'
  | 'dashboards.chooseFiles'
  | 'dashboards.addDropped'
  | 'dashboards.forget'
  | 'dashboards.favourite'
  | 'dashboards.keepValues'
  | 'dashboards.saveFile'
  | 'dashboards.onAws'
  | 'dashboards.put'
  | 'stacks.list'
  | 'stacks.values'
  | 'files.save';

export function dashboardHandlers(dashboards: DashboardService): Pick<DoorHandlers, Names> {
  return {
    'dashboards.list': () => dashboards.list(),
    'dashboards.refresh': () => {
      dashboards.refresh();
      return null;
    },
    'dashboards.open': ({ id }, signal) => dashboards.open(id, signal),
    'dashboards.chooseFiles': () => dashboards.chooseFiles(),
    'dashboards.addDropped': (path) => dashboards.addFile(path),
    'dashboards.forget': (id) => {
      dashboards.forget(id);
      return null;
    },
    'dashboards.favourite': ({ id, favourite }) => {
      dashboards.setFavourite(id, favourite);
      return null;
    },
    'dashboards.keepValues': ({ id, values }) => {
      dashboards.keepValues(id, values);
      return null;
    },
    'dashboards.saveFile': ({ suggestedName, text }) => dashboards.saveFile(suggestedName, text),
    'dashboards.onAws': ({ connectionId, region, name }, signal) =>
      dashboards.onAws(connectionId, region, name, signal),
    'dashboards.put': (change) => dashboards.put(change),
    'stacks.list': ({ connectionId, region }, signal) =>
      dashboards.stacks(connectionId, region, signal),
    'stacks.values': ({ connectionId, region, stackName }, signal) =>
      dashboards.stackValues(connectionId, region, stackName, signal),
    'files.save': ({ suggestedName, text, kind }) =>
      dashboards.exportFile(suggestedName, text, kind),
  };
}
