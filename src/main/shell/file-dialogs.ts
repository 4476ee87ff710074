import { dialog } from 'electron';
import type { BrowserWindow, OpenDialogOptions, SaveDialogOptions } from 'electron';

const DASHBOARD_FILES = {
  name: 'Dashboards and templates',
  extensions: ['json', 'yaml', 'yml', 'template', 'tpl', 'tftpl'],
};

/** The system's open and save dialogs, over the window while it is there. Closing one answers nothing. */
export function fileDialogs(window: () => BrowserWindow | null) {
  return {
    async open(): Promise<string[]> {
      const options: OpenDialogOptions = {
        title: 'Open a dashboard or a template',
        properties: ['openFile', 'multiSelections'],
        filters: [DASHBOARD_FILES, { name: 'All files', extensions: ['*'] }],
      };
      const over = window();
      const { filePaths } =
        over === null
          ? await dialog.showOpenDialog(options)
          : await dialog.showOpenDialog(over, options);
      return filePaths;
    },
    async save(suggestedName: string, kind: 'csv' | 'json'): Promise<string | null> {
      const options: SaveDialogOptions = {
        title: kind === 'csv' ? 'Export the figures' : 'Save as JSON',
        defaultPath: suggestedName,
        properties: ['createDirectory', 'showOverwriteConfirmation'],
        filters: [{ name: kind.toUpperCase(), extensions: [kind] }],
      };
      const over = window();
      const { filePath } =
        over === null
          ? await dialog.showSaveDialog(options)
          : await dialog.showSaveDialog(over, options);
      return filePath === '' ? null : filePath;
    },
    async runbookFolder(): Promise<string | null> {
      const options: OpenDialogOptions = {
        title: 'Choose a folder of runbooks',
        properties: ['openDirectory'],
      };
      const over = window();
      const { filePaths } =
        over === null
          ? await dialog.showOpenDialog(options)
          : await dialog.showOpenDialog(over, options);
      return filePaths[0] ?? null;
    },
    async saveReport(suggestedName: string, extension: 'md' | 'html'): Promise<string | null> {
      const options: SaveDialogOptions = {
        title: 'Save the report of a run',
        defaultPath: suggestedName,
        properties: ['createDirectory', 'showOverwriteConfirmation'],
        filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
      };
      const over = window();
      const { filePath } =
        over === null
          ? await dialog.showSaveDialog(options)
          : await dialog.showSaveDialog(over, options);
      return filePath === '' ? null : filePath;
    },
    async saveLogs(suggestedName: string, extension: string): Promise<string | null> {
      const options: SaveDialogOptions = {
        title: 'Export log events',
        defaultPath: suggestedName,
        properties: ['createDirectory', 'showOverwriteConfirmation'],
        filters: [
          { name: extension.toUpperCase(), extensions: [extension] },
          { name: 'All files', extensions: ['*'] },
        ],
      };
      const over = window();
      const { filePath } =
        over === null
          ? await dialog.showSaveDialog(options)
          : await dialog.showSaveDialog(over, options);
      return filePath === '' ? null : filePath;
    },
  };
}
