// What the browser's own declarations leave open, for `./dev check front-end` (tsc reads the scripts as they are).

interface ParentNode {
  querySelector<K extends keyof HTMLElementTagNameMap>(tag: K): HTMLElementTagNameMap[K] | null;
  querySelector<E extends Element = HTMLElement>(selectors: string): E | null;
  querySelectorAll<E extends Element = HTMLElement>(selectors: string): NodeListOf<E>;
}
interface Element {
  closest<E extends Element = HTMLElement>(selectors: string): E | null;
}
interface DocumentEventMap {
  "htmx:config:request": CustomEvent;
  "htmx:before:response": CustomEvent;
  "htmx:before:request": CustomEvent;
  "htmx:after:swap": CustomEvent;
  "htmx:error": CustomEvent;
}
interface Window {
  htmx: { config: { history: boolean | "reload"; morphIgnore: string[] }; trigger(on: Element, event: string): void };
}
interface HTMLFormControlsCollection {
  [name: string]: any; // a field by its name
}
declare class BarcodeDetector {
  constructor(options: { formats: string[] });
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
