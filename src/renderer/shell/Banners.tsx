/** What concerns the whole window: above everything until its cause has gone. */
import { useLayoutEffect, useRef, useState } from 'react';
import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle, IconX } from '@tabler/icons-react';
import type { Banner } from '../../shared/ipc';
import { assertNever } from '../../shared/assert-never';
import { refresh } from '../alarms/actions';
import { ask } from '../bridge';
import { refreshNow } from '../dashboards/page-clock';
import { useBanners } from '../stores/banners';
import { useNavigation } from '../stores/navigation';
import { showFailure } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import classes from './Banners.module.css';

const icons = {
  error: IconAlertOctagon,
  warning: IconAlertTriangle,
  info: IconInfoCircle,
} as const;

/** More than these would push the alarms out of sight; the rest is counted. */
const MOST_SHOWN = 3;

export function Banners() {
  const list = useBanners((state) => state.list);
  if (list.length === 0) return null;
  return (
    <section className={classes['area']} aria-label="Banners">
      {list.slice(0, MOST_SHOWN).map((banner) => (
        <BannerView key={banner.id} banner={banner} />
      ))}
      {list.length > MOST_SHOWN && (
        <div className={classes['more']}>and {list.length - MOST_SHOWN} more</div>
      )}
    </section>
  );
}

function run(action: NonNullable<Banner['action']>, id: string): void {
  switch (action.command) {
    case 'open-settings':
    case 'open-connections':
      useNavigation.getState().show('settings');
      return;
    case 'refresh':
      void refresh(null);
      return;
    case 'restart-notifier':
      // Telling something restarts a notifier that is not running.
      ask('notify.test', undefined).catch((error: unknown) => showFailure(error, `banner ${id}`));
      return;
    case 'resume-metrics':
      // What was paused is asked at once, also where pages refresh by hand only.
      ask('metrics.resume', undefined)
        .then(refreshNow)
        .catch((error: unknown) => showFailure(error, 'metrics.resume'));
      return;
    default:
      assertNever(action.command);
  }
}

function dismiss(id: string): void {
  ask('app.dismissBanner', id).catch((error: unknown) => showFailure(error, 'app.dismissBanner'));
}

/** Two lines at first: a failure's own words may be long, and the alarms below matter more. */
function BannerText({ banner }: { banner: Banner }) {
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [cut, setCut] = useState(false);
  const text = safeText(banner.text);
  const advice = safeText(banner.advice);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || open) return;
    const measure = (): void => setCut(element.scrollHeight > element.clientHeight + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [text, advice, open]);
  return (
    <>
      <div
        ref={box}
        className={classes['text']}
        data-open={open}
        title={cut ? `${text} ${advice}` : undefined}
      >
        <strong>{text}</strong> <span>{advice}</span>
      </div>
      {cut && (
        <button
          type="button"
          className={classes['action']}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Less' : 'More'}
        </button>
      )}
    </>
  );
}

function BannerView({ banner }: { banner: Banner }) {
  const Icon = icons[banner.level];
  const { action } = banner;
  return (
    <div
      className={classes['banner']}
      data-level={banner.level}
      role={banner.level === 'info' ? 'status' : 'alert'}
    >
      <Icon size={16} aria-hidden className={classes['icon']} />
      <BannerText banner={banner} />
      {action !== null && (
        <button type="button" className={classes['action']} onClick={() => run(action, banner.id)}>
          {action.label}
        </button>
      )}
      {banner.dismissible && (
        <button
          type="button"
          className={classes['close']}
          aria-label="Dismiss"
          onClick={() => dismiss(banner.id)}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}
