/** What every call needs of its account and what holds nothing of its own: made once, for so many accounts. */
export function perAccount<T>(make: (account: string) => T): (account: string) => T {
  const made = new Map<string, T>();
  return (account) => {
    let found = made.get(account);
    if (found === undefined) {
      if (made.size >= 1000) made.clear();
      found = make(account);
      made.set(account, found);
    }
    return found;
  };
}
