/** Panels and rows that repeat for each value of a variable. */
import { number, text } from './fields';
import type { Fields } from './fields';
import { ALL } from './interpolate';
import type { PlacedPanel, Section, SourcePlace } from './sections';
import type { Variables } from './variables';

/** Copies of one panel or row above this are left out: no screen shows them. */
const MAX_COPIES = 40;

export interface Copy extends PlacedPanel {
  variables: Variables;
}

export interface SectionCopy {
  row: Fields | null;
  key: string;
  variables: Variables;
  panels: Copy[];
}

/** The variables with one of several values picked, for each; only as they are where none repeats. */
function each(of: Fields | null, variables: Variables): Variables[] {
  const name = of === null ? '' : text(of, 'repeat').replace(/^\$/, '');
  const values = variables.known.get(name) ?? [];
  if (values.length < 2 || values.includes(ALL)) return [variables];
  return values.slice(0, MAX_COPIES).map((value) => {
    const known = new Map(variables.known);
    known.set(name, [value]);
    return { ...variables, known };
  });
}

/** Copies side by side across the page, or one under the other; and how far they reach down. */
function copies(one: PlacedPanel, variables: Variables): Copy[] {
  const all = each(one.panel, variables);
  if (all.length === 1) return [{ ...one, variables }];
  const down = text(one.panel, 'repeatDirection') === 'v';
  const perRow = down ? 1 : Math.min(all.length, number(one.panel, 'maxPerRow') ?? 4);
  const width = down ? one.place.w : Math.floor(24 / perRow);
  return all.map((scoped, index) => {
    const place: SourcePlace = {
      x: down ? one.place.x : (index % perRow) * width,
      y: one.place.y + Math.floor(index / perRow) * one.place.h,
      w: width,
      h: one.place.h,
    };
    return { ...one, key: `${one.key}.${index + 1}`, place, variables: scoped };
  });
}

/** Repeated panels push what stands below them down. */
function withCopies(panels: PlacedPanel[], variables: Variables): Copy[] {
  let shift = 0;
  return panels.flatMap((one) => {
    const moved = { ...one, place: { ...one.place, y: one.place.y + shift } };
    const made = copies(moved, variables);
    const bottom = Math.max(...made.map((copy) => copy.place.y + copy.place.h));
    shift += bottom - (moved.place.y + moved.place.h);
    return made;
  });
}

export function repeatSections(sections: Section[], variables: Variables): SectionCopy[] {
  return sections.flatMap((section) =>
    each(section.row, variables).map((scoped, index, all) => ({
      row: section.row,
      key: all.length > 1 ? `${section.key}.${index + 1}` : section.key,
      variables: scoped,
      panels: withCopies(section.panels, scoped).map((copy) => ({
        ...copy,
        key: all.length > 1 ? `${copy.key}.r${index + 1}` : copy.key,
      })),
    })),
  );
}
