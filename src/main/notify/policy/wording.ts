import type { Incident } from '../../../shared/incidents/incident';
import { isLocalKey } from '../../../shared/local-rules/local-key';
import { durationText } from '../../../shared/notify/duration-text';
import { plainText } from '../../../shared/notify/plain-text';
import { severityLabel } from '../../../shared/notify/severity-label';
import type { Settings } from '../../../shared/settings/settings';

const TITLE_LENGTH = 120;
const BODY_LENGTH = 300;
const NAMES_IN_GROUP = 3;

interface Words {
  title: string;
  body: string;
}

const words = (title: string, body: string): Words => ({
  title: plainText(title, TITLE_LENGTH),
  body: plainText(body, BODY_LENGTH),
});

/** "Critical: crm-rds-connections" and why, where. */
export function firingWords(
  incident: Incident,
  reason: string,
  settings: Settings,
  flaps: { count: number; last: boolean },
): Words {
  const title = `${severityLabel(incident.severity)}: ${incident.alarmName}`;
  const flapping = flaps.last
    ? `Flapping: fired ${flaps.count} times in 10 min; more of it only in the inbox. `
    : '';
  return words(title, `${flapping}${plainText(reason, 200)} · ${place(incident, settings)}`);
}

/** The first alarm by name, and how many more. */
export function groupWords(incidents: Incident[]): Words {
  const [first] = incidents;
  if (first === undefined) return words('Alarms', '');
  const title = `${severityLabel(first.severity)}: ${first.alarmName}, and ${incidents.length - 1} more`;
  return words(title, `${nameList(incidents)}. All are in the inbox.`);
}

/** Alarms that fired and were over before they could be told. */
export function lateWords(incidents: Incident[], settings: Settings): Words {
  const [first] = incidents;
  if (first !== undefined && incidents.length === 1) {
    const lasted = durationText((first.resolvedAt ?? first.openedAt) - first.openedAt);
    const body = `It was in alarm for ${lasted} and is OK again · ${place(first, settings)}`;
    return words(`Fired and recovered: ${first.alarmName}`, body);
  }
  return words(`${incidents.length} alarms fired and recovered`, nameList(incidents));
}

/** Told again, because nobody has it. */
export function repeatWords(incidents: Incident[], settings: Settings, now: number): Words {
  const [first] = incidents;
  if (first !== undefined && incidents.length === 1) {
    const since = durationText(now - first.openedAt);
    const title = `Still ${severityLabel(first.severity).toLowerCase()}: ${first.alarmName}`;
    return words(title, `Open for ${since}, not acknowledged · ${place(first, settings)}`);
  }
  return words(`${incidents.length} alarms still not acknowledged`, nameList(incidents));
}

export function recoveredWords(incidents: Incident[], settings: Settings): Words {
  const [first] = incidents;
  if (first !== undefined && incidents.length === 1) {
    const lasted = durationText((first.resolvedAt ?? first.openedAt) - first.openedAt);
    return words(
      `Recovered: ${first.alarmName}`,
      `OK again after ${lasted} · ${place(first, settings)}`,
    );
  }
  return words(`${incidents.length} alarms recovered`, nameList(incidents));
}

function nameList(incidents: Incident[]): string {
  const names = incidents.slice(0, NAMES_IN_GROUP).map((one) => plainText(one.alarmName, 60));
  return incidents.length > NAMES_IN_GROUP ? `${names.join(', ')} …` : names.join(', ');
}

function place(incident: Incident, settings: Settings): string {
  const connection = settings.connections.find((one) => one.id === incident.connectionId);
  const origin = isLocalKey(incident.alarmKey) ? 'local rule · ' : '';
  return `${origin}${connection?.label ?? incident.connectionId} · ${incident.region}`;
}
