/** What the window and the selecting worker say to each other. */

export interface PlacesJob {
  id: number;
  /** Whole buffers of the answers; series name theirs by its place here. */
  buffers: ArrayBuffer[];
  series: {
    buffer: number;
    byteOffset: number;
    length: number;
    from: number;
    to: number;
    perColumn: number;
  }[];
}

export interface PlacesAnswer {
  id: number;
  /** Selected places of all series, one after the other; `ends[i]` is where those of series i end. */
  places: Uint32Array;
  ends: Uint32Array;
}
