import type { Banner } from '../../shared/ipc';

/** Collects the statements across the top of the window: one per cause, gone when the cause is gone. */
export class Banners {
  private readonly active = new Map<string, Banner>();
  /** Dismissed banners stay away until their cause has gone once. */
  private readonly dismissed = new Set<string>();

  constructor(private readonly onChange: (banners: Banner[]) => void) {}

  list(): Banner[] {
    return [...this.active.values()].filter((banner) => !this.dismissed.has(banner.id));
  }

  /** Shows or replaces the banner of this id; null says its cause has gone. */
  set(id: string, banner: Omit<Banner, 'id'> | null): void {
    const previous = this.active.get(id);
    if (banner === null) {
      this.dismissed.delete(id);
      if (!this.active.delete(id)) return;
    } else {
      if (previous?.text === banner.text && previous.level === banner.level) return;
      this.active.set(id, { id, ...banner });
    }
    this.onChange(this.list());
  }

  dismiss(id: string): void {
    if (!this.active.get(id)?.dismissible) return;
    this.dismissed.add(id);
    this.onChange(this.list());
  }
}
