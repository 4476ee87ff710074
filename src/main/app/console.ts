/** The running console: the services behind one window, wired and stopped together. */
import type { Alarm } from '../../shared/alarms/alarm';
import type { Clock } from '../../shared/clock';
import type { Bootstrap } from '../../shared/ipc';
import type { ConnectionRegistry } from '../connections/connection-registry';
import type { IncidentService } from '../incidents/incident-service';
import { journalBanner, journalNotesBanner, notifierBanner } from '../notify/notifier-banners';
import type { TimeMarks } from '../../shared/metrics/marks';
import type { LocalRuleService } from '../local-rules/local-rule-service';
import type { AlarmService, AlarmUpdate, Journal, PopupPresenter, SettingsStore } from '../seams';
import type { Shell } from '../shell/shell';
import { AlarmFeed } from './alarm-feed';
import { AlarmView } from './alarm-view';
import type { Banners } from './banners';
import type { DemoHost } from './demo-host';
import { JoinedMap } from './joined-map';
import { timeMarks } from './time-marks';
import { connectionBanners, every, shellStatus } from './shell-status';
import { transitionLine } from './terminal-log';

export interface ConsoleParts {
  version: string;
  platform: string;
  /** `--demo`: only the demo. */
  demoOnly: boolean;
  clock: Clock;
  shell: Shell;
  banners: Banners;
  settings: SettingsStore & { readonly problem: string | null };
  journal: Journal & { readonly notes: readonly string[] };
  registry: ConnectionRegistry;
  alarms: AlarmService;
  localRules: LocalRuleService;
  incidents: IncidentService;
  presenter: PopupPresenter;
  demo: DemoHost;
  print: (line: string) => void;
}

/** Ages, ends of mutes and "recently" change without an event; this often is soon enough. */
const REFRESH_ROWS_MS = 15_000;

export class Console {
  readonly view: AlarmView;
  /** CloudWatch's alarms and the local rules. */
  private readonly known: ReadonlyMap<string, Alarm>;
  private readonly feed: AlarmFeed;
  private readonly stops: (() => void)[] = [];
  private readonly shownConnectionBanners = new Set<string>();

  get incidents(): IncidentService {
    return this.parts.incidents;
  }

  get localRules(): LocalRuleService {
    return this.parts.localRules;
  }

  constructor(private readonly parts: ConsoleParts) {
    const { clock, settings, incidents, alarms, localRules, shell } = parts;
    this.known = new JoinedMap([alarms.alarms, localRules.alarms]);
    this.view = new AlarmView({ clock, settings, incidents, alarms: () => this.known });
    this.feed = new AlarmFeed(
      clock,
      () => this.known,
      (alarm) => this.view.row(alarm),
      (patch) => shell.door.push('alarms.patch', patch),
    );
  }

  /** The journal has been replayed: nothing arrives before what is known. */
  async start(): Promise<void> {
    const { alarms, registry } = this.parts;
    this.listen();
    if (this.parts.demoOnly || registry.connections().length === 0) await this.showDemo();
    alarms.setConnections(registry.connections());
    this.parts.localRules.start();
  }

  bootstrap(): Bootstrap {
    const { settings, alarms, banners, incidents, demo } = this.parts;
    return {
      version: this.parts.version,
      platform: this.parts.platform,
      demo: this.parts.demoOnly,
      firstRun: !this.parts.demoOnly && this.untouched(),
      settings: settings.get(),
      connections: alarms.statuses(),
      banners: banners.list(),
      inbox: incidents.inbox(),
      alarmsJson: this.feed.snapshotJson(),
      scenarios: demo.scenarios(),
    };
  }

  /** CloudWatch's or a local rule's; null for one that has gone. */
  alarm(key: string): Alarm | null {
    return this.known.get(key) ?? null;
  }

  /** What happened in a window, for the charts: times in ALARM, deployments, acknowledgements, notes. */
  marks(connectionIds: readonly string[], startMs: number, endMs: number): TimeMarks {
    const { incidents, clock } = this.parts;
    return timeMarks(
      {
        incidents: incidents.all(),
        transitions: incidents.knownTransitions(),
        deployments: incidents.deployments(),
        alarms: this.known,
      },
      { connectionIds, startMs, endMs: Math.min(endMs, clock.now()) },
    );
  }

  /** Asks AWS again now; credentials that had expired are read anew. */
  async refresh(connectionId: string | null): Promise<void> {
    this.parts.registry.renewCredentials(connectionId);
    await this.parts.alarms.refresh(connectionId);
  }

  async chooseDemo(): Promise<void> {
    this.parts.settings.update((settings) => ({ ...settings, welcomed: true }));
    await this.showDemo();
  }

  suspend(): void {
    this.parts.alarms.suspend();
    this.parts.localRules.suspend();
  }

  resume(): void {
    this.parts.alarms.resume();
    this.parts.localRules.resume();
    this.parts.incidents.wake();
  }

  async stop(): Promise<void> {
    for (const stop of this.stops) stop();
    this.feed.stop();
    await this.parts.alarms.stop();
    await this.parts.localRules.stop();
    await this.parts.incidents.stop();
    this.parts.presenter.stop();
    this.parts.registry.stop();
    await this.parts.demo.stop();
  }

  private untouched(): boolean {
    const { connections, welcomed } = this.parts.settings.get();
    return connections.length === 0 && !welcomed;
  }

  /** The demo runs while nothing else is there to watch. */
  private async showDemo(): Promise<void> {
    this.parts.registry.setDemo(await this.parts.demo.start());
  }

  private async endDemo(): Promise<void> {
    this.parts.registry.setDemo([]);
    await this.parts.demo.stop();
  }

  private listen(): void {
    const { alarms, localRules, incidents, settings, registry, shell, presenter, clock } =
      this.parts;
    this.stops.push(
      alarms.onUpdate((update) => this.alarmsChanged(update)),
      localRules.onUpdate((update) => this.alarmsChanged(update)),
      alarms.onStatus(() => this.statusChanged()),
      incidents.onChanged((alarmKeys) => {
        this.feed.touch(alarmKeys);
        shell.door.push('incidents.changed', { alarmKeys });
        this.shellChanged();
      }),
      incidents.onInbox((inbox) => shell.door.push('inbox.changed', inbox)),
      incidents.onTold(({ transition, delivery, note, latencyMs }) => {
        const after = latencyMs === null ? '' : ` after ${Math.round(latencyMs)} ms`;
        const why = note === null ? '' : ` (${note})`;
        this.parts.print(transitionLine(transition, `${delivery}${after}${why}`));
      }),
      settings.onChange((now, before) => {
        shell.door.push('settings.changed', now);
        if (now.theme !== before.theme) shell.setTheme(now.theme);
        this.feed.touchAll();
        incidents.wake();
      }),
      registry.onChange((connections) => this.connectionsChanged(connections.length)),
      presenter.onProblem(() => this.problemsChanged()),
      every(clock, REFRESH_ROWS_MS, () => {
        this.feed.touchAll();
        this.problemsChanged();
      }),
    );
    this.statusChanged();
    this.problemsChanged();
  }

  private async alarmsChanged(update: AlarmUpdate): Promise<void> {
    this.feed.touch(update.removedKeys);
    this.feed.touch(update.upserted.map(({ key }) => key));
    await this.parts.incidents.handle(update);
  }

  private connectionsChanged(count: number): void {
    const { alarms, registry, settings } = this.parts;
    alarms.setConnections(registry.connections());
    const own = settings.get().connections.length;
    // One's own first connection ends the demo; removing the last one brings it back.
    const change = own > 0 && count > own ? this.endDemo() : count === 0 ? this.showDemo() : null;
    if (this.parts.demoOnly) return;
    change?.catch((cause: unknown) => this.parts.print(`The demo: ${String(cause)}`));
  }

  private statusChanged(): void {
    const { alarms, shell, banners } = this.parts;
    const statuses = alarms.statuses();
    shell.door.push('connections.status', statuses);
    if (this.view.setStatuses(statuses)) this.feed.touchAll();
    connectionBanners(statuses, banners, this.shownConnectionBanners);
    this.shellChanged();
  }

  private shellChanged(): void {
    const { alarms, incidents, shell } = this.parts;
    const stateOf = (key: string) => this.known.get(key)?.state ?? null;
    shell.setStatus(shellStatus(incidents.openIncidents(), stateOf, alarms.statuses()));
  }

  private problemsChanged(): void {
    const { banners, presenter, journal, settings } = this.parts;
    banners.set('notifier', notifierBanner(presenter.problem));
    banners.set('journal', journalBanner(journal.problem));
    banners.set('journal-notes', journalNotesBanner(journal.notes, journal.problem));
    banners.set(
      'settings',
      settings.problem === null
        ? null
        : {
            level: 'warning',
            text: settings.problem,
            advice: 'Check the settings and save them again.',
            action: { label: 'Open settings', command: 'open-settings' },
            dismissible: true,
          },
    );
  }
}
