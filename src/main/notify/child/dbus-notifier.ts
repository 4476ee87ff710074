/** Speaks org.freedesktop.Notifications 1.2: https://specifications.freedesktop.org/notification-spec/ */
import { DBusError, Message, MessageFlag, MessageType, Variant } from '@jellybrick/dbus-next';
import type { MessageBus } from '@jellybrick/dbus-next';
import type { PopupRequest } from '../../seams';
import type { FromChild, ToChild } from './messages';
import { popupBody, popupTitle } from './popup-text';

const SERVICE = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';
const BUS = 'org.freedesktop.DBus';

const URGENCY = { low: 0, normal: 1, critical: 2 } as const;
/** Critical stays until somebody acts; the others as long as the daemon likes. Milliseconds. */
const EXPIRES = { low: -1, normal: -1, critical: 0 } as const;
/** A daemon being replaced needs a moment before its successor answers. */
const SUCCESSION_MS = 500;

export class DbusNotifier {
  /** The daemon's number of each popup that is on screen, by our id. */
  private readonly shown = new Map<string, number>();
  private markup = true;

  constructor(
    private readonly bus: MessageBus,
    private readonly iconFile: string,
    private readonly tell: (message: FromChild) => void,
  ) {}

  /** Listens for buttons, closings and the daemon's comings and goings, and asks who is there. */
  async start(): Promise<void> {
    this.bus.on('message', (message) => this.hear(message));
    await this.call(BUS, '/org/freedesktop/DBus', 'AddMatch', 's', [
      `type='signal',interface='${SERVICE}',path='${PATH}'`,
    ]);
    await this.call(BUS, '/org/freedesktop/DBus', 'AddMatch', 's', [
      `type='signal',sender='${BUS}',interface='${BUS}',member='NameOwnerChanged',arg0='${SERVICE}'`,
    ]);
    await this.probe();
  }

  async handle(message: ToChild): Promise<void> {
    if (message.type === 'close') return this.close(message.id);
    const { ticket, popup } = message;
    try {
      await this.show(popup);
      this.tell({ type: 'shown', ticket });
    } catch (cause) {
      this.tell({ type: 'failed', ticket, reason: reasonOf(cause) });
    }
  }

  private async probe(): Promise<void> {
    try {
      const [service] = await this.call(SERVICE, PATH, 'GetServerInformation', '', []);
      const [capabilities] = await this.call(SERVICE, PATH, 'GetCapabilities', '', []);
      this.markup = !Array.isArray(capabilities) || capabilities.includes('body-markup');
      this.tell({ type: 'ready', service: String(service) });
    } catch (cause) {
      this.tell({ type: 'absent', reason: reasonOf(cause) });
    }
  }

  private async show(popup: PopupRequest): Promise<void> {
    const buttons = popup.buttons.flatMap(({ id, label }) => [id, popupTitle(label)]);
    const [number] = await this.call(SERVICE, PATH, 'Notify', 'susssasa{sv}i', [
      'Nightdesk',
      this.shown.get(popup.id) ?? 0,
      this.iconFile,
      popupTitle(popup.title),
      popupBody(popup.body, this.markup),
      ['default', 'Open', ...buttons],
      {
        urgency: new Variant('y', URGENCY[popup.urgency]),
        'desktop-entry': new Variant('s', 'nightdesk'),
      },
      EXPIRES[popup.urgency],
    ]);
    if (typeof number === 'number') this.shown.set(popup.id, number);
  }

  private close(id: string): void {
    const number = this.shown.get(id);
    if (number === undefined) return;
    this.shown.delete(id);
    // No reply is wanted: that it is gone already is as good.
    this.bus.send(
      new Message({
        destination: SERVICE,
        path: PATH,
        interface: SERVICE,
        member: 'CloseNotification',
        signature: 'u',
        body: [number],
        flags: MessageFlag.NO_REPLY_EXPECTED,
      }),
    );
  }

  private hear(message: Message): void {
    if (message.type !== MessageType.SIGNAL) return;
    const [first, second] = message.body;
    switch (message.member) {
      case 'ActionInvoked':
        return this.acted(first, actionOf(second));
      case 'NotificationClosed':
        return this.closed(first, second);
      case 'NameOwnerChanged':
        return this.succeeded(first);
    }
  }

  private acted(number: unknown, action: 'open' | 'acknowledge' | 'snooze' | null): void {
    const popupId = this.idOf(number);
    if (popupId !== null && action !== null) this.tell({ type: 'action', popupId, action });
  }

  private closed(number: unknown, reason: unknown): void {
    const popupId = this.idOf(number);
    if (popupId === null) return;
    this.shown.delete(popupId);
    // 2 is "dismissed by the user"; expired (1) and closed by us (3) say nothing about anybody.
    if (reason === 2) this.tell({ type: 'action', popupId, action: 'dismissed' });
  }

  private succeeded(name: unknown): void {
    if (name !== SERVICE) return;
    // Numbers of the previous daemon mean nothing to the next.
    this.shown.clear();
    setTimeout(() => void this.probe(), SUCCESSION_MS);
  }

  private idOf(number: unknown): string | null {
    for (const [id, shown] of this.shown) if (shown === number) return id;
    return null;
  }

  private async call(
    destination: string,
    path: string,
    member: string,
    signature: string,
    body: unknown[],
  ): Promise<unknown[]> {
    const reply = await this.bus.call(
      new Message({ destination, path, interface: destination, member, signature, body }),
    );
    return reply?.body ?? [];
  }
}

function actionOf(key: unknown): 'open' | 'acknowledge' | 'snooze' | null {
  switch (key) {
    case 'default':
      return 'open';
    case 'acknowledge':
    case 'snooze':
      return key;
    default:
      return null;
  }
}

function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const unknownService = /ServiceUnknown|was not provided by any|NameHasNoOwner/i.test(
    cause instanceof DBusError ? `${cause.type} ${text}` : text,
  );
  return unknownService
    ? 'No notification service is running on this desktop.'
    : `The notification service refused: ${text.slice(0, 200)}`;
}
