/** Reads a kept value; null where storage is forbidden. */
export function recall(store: () => Storage, key: string): string | null {
  try {
    return store().getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a value, or forgets it when it is empty. */
export function keep(store: () => Storage, key: string, value: string): void {
  try {
    if (value) store().setItem(key, value);
    else store().removeItem(key);
  } catch {
    // Storage may be full or forbidden; nothing depends on it.
  }
}

export const forGood = (): Storage => localStorage;
export const forNow = (): Storage => sessionStorage;
