/** The worker's work, without the worker. */
import { selectColumns } from './columns';
import type { PlacesAnswer, PlacesJob } from './place-messages';

/** Selects the places of every series of a job. */
export function placesOfJob(job: PlacesJob): PlacesAnswer {
  const most = job.series.reduce((sum, { from, to }) => sum + to - from, 0);
  const places = new Uint32Array(most);
  const ends = new Uint32Array(job.series.length);
  let end = 0;
  job.series.forEach((series, index) => {
    const buffer = job.buffers[series.buffer];
    if (buffer !== undefined) {
      const values = new Float64Array(buffer, series.byteOffset, series.length);
      const { from, to, perColumn } = series;
      end += selectColumns(values, from, to, perColumn, 0, places.subarray(end));
    }
    ends[index] = end;
  });
  return { id: job.id, places: places.slice(0, end), ends };
}
