// The audit of one organization as an admin reads it: what came since the last look, whole and in order.
// Counts nothing twice: a row that is missing, or that does not follow on the one before, is an error.
export class AuditReader {
  constructor(wire) {
    this.wire = wire;
    this.last = undefined;
    this.faults = 0;
  }

  /** The events after those of the last look, the oldest first. */
  async news() {
    const events = [];
    for (let cursor = ''; ; ) {
      const answer = await this.wire.get(`/audit?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      if (answer.status !== 200) throw new Error(`the audit: ${answer.status} ${answer.text || answer.why}`);
      const known = this.last ? answer.json.items.findIndex((event) => event.id === this.last.id) : -1;
      events.push(...(known < 0 ? answer.json.items : answer.json.items.slice(0, known)));
      cursor = answer.json.next;
      if (known >= 0 || !cursor) break;
    }
    events.reverse();
    for (const event of events) {
      if (this.last && event.prev_hash !== this.last.hash) this.faults += 1;
      this.last = event;
    }
    return events;
  }
}
