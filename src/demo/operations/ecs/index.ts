import {
  describeTaskDefinition,
  describeTasks,
  listClusters,
  listServices,
  listTaskDefinitions,
  listTasks,
} from './lists';
import { describeServices, updateService } from './services';

export const ecsOperations = {
  ListClusters: listClusters,
  ListServices: listServices,
  ListTasks: listTasks,
  ListTaskDefinitions: listTaskDefinitions,
  DescribeServices: describeServices,
  DescribeTasks: describeTasks,
  DescribeTaskDefinition: describeTaskDefinition,
  UpdateService: updateService,
};
