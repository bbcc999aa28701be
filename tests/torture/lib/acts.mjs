// Acts under load whose outcomes are kept: what was acknowledged, what was refused, and what nobody knows.
// Afterwards each is looked up: the acknowledged has to be there, and every one stands in the audit exactly
// as often as it took effect.
import { randomUUID } from 'node:crypto';

const validity = '8h';

/** Generates, expires, deletes and renames through whatever wire it is given, until it is told to stop. */
export class Load {
  constructor({ pick, network }) {
    Object.assign(this, { pick, network, over: false, acts: [], acknowledged: 0, unknown: 0, refused: 0, living: [], serial: 0 });
    this.refusals = new Map();
    this.stood = 0; // Units: milliseconds, the longest time in which no act was acknowledged
  }

  /** As many lanes at once; each act through the wire that `pick` gives. */
  async run(lanes) {
    this.over = false;
    this.moved = performance.now();
    await Promise.all(Array.from({ length: lanes }, () => this.lane()));
  }

  async lane() {
    while (!this.over) {
      const act = this.next();
      act.answer = await this.perform(act, this.pick());
      this.acts.push(act);
      this.note(act);
    }
  }

  next() {
    this.serial += 1;
    const dice = Math.random();
    if (dice < 0.25 || this.living.length < 4) return { kind: 'generate', key: randomUUID() };
    if (dice < 0.4) return { kind: 'expire', handle: this.living.shift() };
    if (dice < 0.5) return { kind: 'delete', handle: this.living.shift() };
    return { kind: 'rename', name: `Load ${this.serial} ${randomUUID().slice(0, 8)}` };
  }

  perform(act, wire) {
    switch (act.kind) {
      case 'generate': return wire.post('/tokens', { validity }, { headers: { 'Idempotency-Key': act.key } });
      case 'expire': return wire.post(`/tokens/${act.handle}/expire`);
      case 'delete': return wire.delete(`/tokens/${act.handle}`);
      default: return wire.patch(`/networks/${this.network}`, { name: act.name });
    }
  }

  note(act) {
    const { status } = act.answer;
    if (status >= 200 && status < 300) {
      this.acknowledged += 1;
      this.stood = Math.max(this.stood, performance.now() - this.moved);
      this.moved = performance.now();
      if (act.kind === 'generate') this.living.push((act.handle = act.answer.json.token.handle));
    } else if (status === 0 || status >= 500) {
      this.unknown += 1;
    } else {
      this.refused += 1;
    }
    if (status >= 300 || status === 0) {
      const what = `${act.kind} ${status || act.answer.why}`;
      this.refusals.set(what, (this.refusals.get(what) ?? 0) + 1);
    }
  }

  isAcknowledged(act) { return act.answer.status >= 200 && act.answer.status < 300; }

  /** Looks every act up that was made since the last time. `events` is the audit of that time. */
  async verify(wire, events) {
    const faults = [];
    for (const act of this.acts) {
      const fault = await this.check(act, wire, events);
      if (fault) faults.push(`${act.kind}: ${fault}`);
    }
    const checked = this.acts.length;
    this.acts = [];
    return { checked, faults };
  }

  async check(act, wire, events) {
    const rows = (action, handle) => events.filter((e) => e.action === action && e.target === handle).length;
    const known = this.isAcknowledged(act);
    if (act.kind === 'rename') {
      const found = events.filter((e) => e.action === 'network.updated' && e.summary.endsWith(` to ${act.name}`)).length;
      return found > 1 || (known && found !== 1) ? `${found} rows of an act that was ${known ? 'acknowledged' : 'not'}` : '';
    }
    if (act.kind === 'generate') {
      if (!known) return '';
      const token = await wire.get(`/tokens/${act.handle}`);
      if (rows('token.generated', act.handle) !== 1) return `${rows('token.generated', act.handle)} rows`;
      return token.status === 200 || (token.status === 404 && rows('token.deleted', act.handle) === 1) ? '' : `lost: ${token.status}`;
    }
    const action = act.kind === 'expire' ? 'token.expired' : 'token.deleted';
    const found = rows(action, act.handle);
    const token = await wire.get(`/tokens/${act.handle}`);
    const done = act.kind === 'expire' ? token.json?.state === 'expired' : token.status === 404;
    if (known && (!done || found !== 1)) return `lost, or ${found} rows`;
    return done === (found === 1) && found <= 1 ? '' : `${found} rows, and ${done ? 'done' : 'not done'}`;
  }

  /** Sends again what nobody knows of: it has to come out as one token, whichever it was. */
  async settle(wire) {
    const open = this.acts.filter((act) => act.kind === 'generate' && !this.isAcknowledged(act));
    for (const act of open) {
      const answer = await this.perform(act, wire);
      if (answer.status !== 201) throw new Error(`a creation sent again: ${answer.status} ${answer.text || answer.why}`);
      act.answer = answer;
      act.handle = answer.json.token.handle;
      this.living.push(act.handle);
    }
    return open.length;
  }
}
