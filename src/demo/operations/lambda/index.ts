import {
  getAlias,
  getFunction,
  getFunctionConfiguration,
  listAliases,
  listFunctions,
  listVersions,
  updateAlias,
} from './functions';
import { invoke } from './invoke';

export const lambdaOperations = {
  ListFunctions: listFunctions,
  GetFunction: getFunction,
  GetFunctionConfiguration: getFunctionConfiguration,
  ListVersionsByFunction: listVersions,
  ListAliases: listAliases,
  GetAlias: getAlias,
  UpdateAlias: updateAlias,
  Invoke: invoke,
};
