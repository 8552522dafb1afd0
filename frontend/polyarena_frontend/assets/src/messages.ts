const source = document.querySelector<HTMLMetaElement>('meta[name="client-messages"]');
const texts = JSON.parse(source?.content ?? "{}") as Record<string, string>;

/** A text of the interface, its {placeholders} filled in. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
