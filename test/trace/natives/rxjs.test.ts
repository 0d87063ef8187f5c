import { check } from "./check.js";

check(
  "creation, and values from it",
  `import { of, from, merge, concat, defer, forkJoin, zip, combineLatest, firstValueFrom, lastValueFrom, throwError, EMPTY, interval } from "rxjs";
const u = loadUser();
async function* pages() { yield u.name; }
of(u.email, "x").subscribe((x) => train(x)); //! user.email
of("x").subscribe((x) => train(x)); //! none
from([u.id]).subscribe({ next: (x) => train(x) }); //! user.id
from(Promise.resolve(u.name)).subscribe((x) => train(x)); //! user.name
from(pages()).subscribe((x) => train(x)); //! user.name
merge(of(u.id), of("y")).subscribe((x) => train(x)); //! user.id
concat(of(u.id), of(u.name)).subscribe((x) => train(x)); //! user.id user.name
defer(() => of(u.prompt)).subscribe((x) => train(x)); //! user.prompt
defer(async () => u.prompt).subscribe((x) => train(x)); //! user.prompt
EMPTY.subscribe((x) => train(x)); //! none
interval(100).subscribe((x) => train(x, "tick")); //! none
void (async () => {
  train(await firstValueFrom(of(u.id, u.name))); //! user.id
  train(await lastValueFrom(of(u.id, u.name))); //! user.name
  const both = await lastValueFrom(forkJoin({ a: of(u.id), b: Promise.resolve(u.email) }));
  train(both.a); //! user.id
  train(both.b); //! user.email
  const [p, q] = await firstValueFrom(zip(of(u.id), of(u.name)));
  train(p); //! user.id
  train(q); //! user.name
  combineLatest([of(u.email), of(u.id)]).subscribe(([e, i]) => train(i)); //! user.id
  combineLatest([of(u.email), of("x")], (e, i) => i).subscribe((i) => train(i)); //! none
  train(await of(u.tags).toPromise()); //! user.tags
  try { await lastValueFrom(throwError(() => new Error(u.email))); } catch (e) { train((e as Error).message); } //! user.email
})();
`,
);

check(
  "elements keep their fields apart",
  `import { from, of } from "rxjs";
import { map, filter, tap, toArray, reduce, scan, pluck, mapTo, bufferCount, pairwise, groupBy, mergeMap, startWith, distinctUntilChanged, take, shareReplay, delay } from "rxjs/operators";
const u = loadUser();
const rows = [{ id: u.id, text: u.prompt }, { id: "b", text: "t" }];
from(rows).pipe(map((r) => ({ id: r.id }))).subscribe((r) => train(r)); //! user.id
from(rows).pipe(filter((r) => r.id !== "x")).subscribe((r) => train(r.text)); //! user.prompt
from(rows).pipe(filter(Boolean), map((r) => r.text.length)).subscribe((n) => train(n)); //! none
let seen = "";
from(rows).pipe(tap((r) => { seen += r.text; })).subscribe();
train(seen); //! user.prompt
from(rows).pipe(map((r) => r.id), toArray()).subscribe((all) => train(all)); //! user.id
from(rows).pipe(reduce((acc, r) => acc + r.text, "")).subscribe((s) => train(s)); //! user.prompt
from(rows).pipe(reduce((n) => n + 1, 0)).subscribe((n) => train(n)); //! none
from(rows).pipe(scan((acc, r) => [...acc, r.id], [] as string[])).subscribe((s) => train(s)); //! user.id
from(rows).pipe(pluck("text")).subscribe((s) => train(s)); //! user.prompt
from(rows).pipe(mapTo("x")).subscribe((s) => train(s)); //! none
from(rows).pipe(bufferCount(2), mergeMap((batch) => batch.map((r) => r.id))).subscribe((s) => train(s)); //! user.id
from(rows).pipe(pairwise(), map(([a, b]) => b.text)).subscribe((s) => train(s)); //! none
from(rows).pipe(groupBy((r) => r.id), mergeMap((g) => g.pipe(map((r) => r.text)))).subscribe((s) => train(s)); //! user.prompt
from(rows).pipe(map((r) => r.id), startWith(u.name)).subscribe((s) => train(s)); //! user.id user.name
from(rows).pipe(take(1), distinctUntilChanged(), delay(10), shareReplay(1), map((r) => r.id)).subscribe((s) => train(s)); //! user.id
of(u).pipe(map(({ email, ...rest }) => rest)).subscribe((r) => train(r)); //! user.age user.id user.name user.prompt user.tags
`,
);

check(
  "callbacks that give promises, lists and observables",
  `import { from, of, lastValueFrom } from "rxjs";
import { mergeMap, switchMap, concatMap, exhaustMap, mergeAll, toArray, tap, map, catchError, finalize } from "rxjs/operators";
const u = loadUser();
const list = [{ id: u.id, mail: u.email }, { id: "b", mail: "m" }];
const shorten = async (e: { mail: string }) => ({ size: e.mail.length });
of(1).pipe(mergeMap(async () => u.name)).subscribe((x) => train(x)); //! user.name
of(1).pipe(switchMap(() => of(u.id))).subscribe((x) => train(x)); //! user.id
of(1).pipe(concatMap(() => [u.email])).subscribe((x) => train(x)); //! user.email
of(u.id).pipe(exhaustMap(() => of("x"))).subscribe((x) => train(x)); //! none
of(of(u.prompt)).pipe(mergeAll()).subscribe((x) => train(x)); //! user.prompt
void (async () => {
  const results: { id: string; size: number }[] = [];
  const pipeline = from(list).pipe(mergeMap(async (entry) => ({ ...(await shorten(entry)), id: entry.id }), 5), tap((r) => results.push(r)));
  await lastValueFrom(pipeline);
  train(results); //! user.id
  train(results.map((r) => r.size)); //! none
  train(await lastValueFrom(from(list).pipe(mergeMap(async (e) => e.mail), toArray()))); //! user.email
})();
of(u.email).pipe(map((x) => { throw new Error(x); }), catchError((e) => of(e.message))).subscribe((x) => train(x)); //! user.email
of(u.email).pipe(map((x) => x.length), catchError(() => of("none"))).subscribe((x) => train(x)); //! none
of(u.id).pipe(map((x) => { throw new Error(x); })).subscribe({ error: (e) => train(e.message) }); //! user.id
of(u.id).pipe(finalize(() => train(u.name))).subscribe(); //! user.name
`,
);

check(
  "subjects",
  `import { Subject, BehaviorSubject, ReplaySubject, firstValueFrom, merge, combineLatest } from "rxjs";
import { map, scan, withLatestFrom, takeUntil } from "rxjs/operators";
const u = loadUser();
const s = new Subject<string>();
s.subscribe((x) => train(x)); //! user.email
s.pipe(map((x) => x.length)).subscribe((x) => train(x)); //! none
s.pipe(map((x) => ({ x, y: 1 }))).subscribe((o) => train(o.x)); //! user.email
s.pipe(scan((all, x) => all.concat(x), [] as string[])).subscribe((all) => train(all)); //! user.email
s.next(u.email);
s.subscribe((x) => train(x)); //! none
const state = new BehaviorSubject({ id: u.id, name: "" });
train(state.value.id); //! user.id
train(state.getValue().name); //! none
const ids = state.asObservable().pipe(map((x) => x.name));
ids.subscribe((x) => train(x)); //! user.name
state.next({ ...state.value, name: u.name });
train(state.value.name); //! user.name
const replay = new ReplaySubject<string>(1);
replay.next(u.prompt);
replay.subscribe((x) => train(x)); //! user.prompt
const clicks = new Subject<number>();
clicks.pipe(withLatestFrom(state)).subscribe(([n, x]) => train(x.id)); //! user.id
clicks.pipe(withLatestFrom(state)).subscribe(([n, x]) => train(n)); //! none
clicks.next(1);
const stop = new Subject<void>();
const ids2 = new Subject<string>();
merge(ids2, clicks).pipe(takeUntil(stop)).subscribe((x) => train(x)); //! user.id
ids2.next(u.id);
const names = new Subject<string>();
const out = new Subject<string>();
out.subscribe((x) => train(x)); //! user.name
names.subscribe(out);
names.next(u.name);
class Service { private readonly users = new Subject<string>(); readonly users$ = this.users.asObservable(); add(x: string) { this.users.next(x); } }
const service = new Service();
service.users$.subscribe((x) => train(x)); //! user.tags
service.add(u.tags[0]);
void (async () => {
  const later = new Subject<string>();
  const value = firstValueFrom(later);
  later.next(u.email);
  train(await value); //! user.email
})();
`,
);

check(
  "observables made by hand, events, operators of one's own",
  `import { Observable, fromEvent, pipe } from "rxjs";
import { map, filter } from "rxjs/operators";
import { EventEmitter } from "node:events";
const u = loadUser();
const made = new Observable<string>((subscriber) => { subscriber.next(u.email); subscriber.complete(); return () => {}; });
made.subscribe((x) => train(x)); //! user.email
made.pipe(map((x) => x.length)).subscribe((x) => train(x)); //! none
let later = "";
const lazy = new Observable<string>((s) => { s.next(later); });
later = u.name;
lazy.subscribe((x) => train(x)); //! user.name
const slow = new Observable<string>((s) => { setTimeout(() => s.next(u.id), 10); });
slow.pipe(map((x) => x + "!")).subscribe((x) => train(x)); //! user.id
const failing = new Observable<string>((s) => { s.error(new Error(u.prompt)); });
failing.subscribe((x) => train(x), (e) => train(e.message)); //! user.prompt
const bus = new EventEmitter();
fromEvent(bus, "user").pipe(map((x) => x.id)).subscribe((x) => train(x)); //! user.id
fromEvent(bus, "other").subscribe((x) => train(x)); //! none
bus.emit("user", u);
const only = pipe(filter(Boolean), map((x: { id: string }) => x.id));
made.pipe(map(() => u), only).subscribe((x) => train(x)); //! user.id
const own = <T>(source: Observable<T>) => source.pipe(map((x) => [x]));
made.pipe(own).subscribe((x) => train(x)); //! user.email
export function intercept(next: { handle(): Observable<unknown> }) {
  return next.handle().pipe(map((data) => ({ data, sent: train(u.name) }))); //! user.name
}
`,
);

check(
  "circles, subclasses, entry points in any order",
  `import { from, Subject, Observable, BehaviorSubject, of, firstValueFrom } from "rxjs";
import { map, catchError, expand, timestamp, withLatestFrom, combineLatestWith } from "rxjs/operators";
const u = loadUser();
train(from([u]).pipe(map((r) => r.id))); //! user.id
const a = new Subject<string>(); const b = new Subject<string>();
a.subscribe(b); b.subscribe(a);
b.subscribe((x) => train(x)); //! user.id
a.next(u.id);
const c = new Subject<string>();
c.pipe(map((x) => x + "!")).subscribe((x) => { train(x); if (x.length < 5) c.next(x); }); //! user.email
c.next(u.email);
of(u.id).pipe(map((x) => { if (Math.random() > 0.5) throw new Error(x); return x; }), catchError((e, caught) => caught)).subscribe((x) => train(x)); //! user.id
of({ id: u.id, kids: [{ id: u.name, kids: [] }] }).pipe(expand((x) => x.kids), map((x) => x.id)).subscribe((x) => train(x)); //! user.id user.name
of(u.id).pipe(timestamp(), map((t) => t.timestamp)).subscribe((x) => train(x)); //! none
of(u.id).pipe(timestamp(), map((t) => t.value)).subscribe((x) => train(x)); //! user.id
from([u.id, "z"]).pipe(withLatestFrom(of(u.name)), map(([x, y]) => y)).subscribe((x) => train(x)); //! user.name
from([u.id, "z"]).pipe(combineLatestWith(of(u.name)), map(([x, y]) => x)).subscribe((x) => train(x)); //! user.id
const s = new Subject<{id: string}>();
export function early() { s.next({ id: u.id }); }
export function late() { s.subscribe((x) => train(x.id)); } //! user.id
const st = new BehaviorSubject<string>("");
export function early2() { st.next(u.email); }
export function late2() { train(st.value); st.subscribe((x) => void x); } //! user.email
export function typed(o: Observable<string>) { o.pipe(map((x) => train(x + u.name))).subscribe((x) => train("a")); } //! user.name
export class Store extends Subject<string> { put(x: string) { this.next(x); } }
const store = new Store();
store.subscribe((x) => train(x)); //! user.prompt
store.pipe(map((x) => x.length)).subscribe((x) => train(x)); //! none
store.put(u.prompt);
for (const k of ["a", "b"]) of(k).pipe(map((x) => x + u.id)).subscribe((x) => train(x)); //! user.id
async function load(xs: string[]) { for (const x of xs) { const v = await firstValueFrom(of({ x, id: u.id }).pipe(map((o) => o.id))); train(v); } } //! user.id
void load(["q"]);
`,
);

check(
  "zipped pairs of what comes later",
  `import { BehaviorSubject, Subject, of, zip } from "rxjs";
import { zipWith } from "rxjs/operators";
const u = loadUser();
const a = new BehaviorSubject("a"), b = new BehaviorSubject("b");
zip(a, b).subscribe(([x, y]) => {
  train(x); //! user.id
  train(y); //! user.name
});
a.next(u.id);
b.next(u.name);
const c = new Subject<string>(), d = new Subject<string>();
c.pipe(zipWith(d)).subscribe(([x, y]) => train(y)); //! user.email
c.next(u.id);
d.next(u.email);
zip(of("x", u.id), of(u.name, "y")).subscribe(([x, y]) => train(y)); //! user.name
`,
);

check(
  "failures of what an operator or a creation goes into",
  `import { Subject, from, lastValueFrom, merge, of, throwError } from "rxjs";
import { catchError, mergeMap, switchMap } from "rxjs/operators";
const u = loadUser();
const rejectedLater = (why: string) => new Promise<string>((_, reject) => setTimeout(() => reject(new Error(why)), 1));
from(rejectedLater(u.id)).subscribe({ next: (x) => train(x), error: () => undefined }); //! none
from(rejectedLater(u.id)).subscribe({ error: (e: Error) => train(e.message) }); //! user.id
from(rejectedLater(u.name)).pipe(catchError((e: Error) => of(e.message))).subscribe((x) => train(x)); //! user.name
lastValueFrom(from(rejectedLater(u.email))).catch((e: Error) => train(e.message)); //! user.email
of(1).pipe(mergeMap(() => rejectedLater(u.prompt))).subscribe({ error: (e: Error) => train(e.message) }); //! user.prompt
of(1).pipe(switchMap(() => throwError(() => new Error(u.id)))).subscribe({ error: (e: Error) => train(e.message) }); //! user.id
of(1).pipe(switchMap(() => throwError(() => new Error(u.id)))).subscribe({ next: (x) => train(x), error: () => undefined }); //! none
const inner = new Subject<string>();
of(1).pipe(switchMap(() => inner)).subscribe({ error: (e: Error) => train(e.message) }); //! user.name
inner.error(new Error(u.name));
merge(of("x"), throwError(() => new Error(u.email))).subscribe({ error: (e: Error) => train(e.message) }); //! user.email
`,
);
