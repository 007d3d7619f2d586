/** Which language to speak, and how long a helpline's confirmation holds. Pure. */

const YEAR_DAYS = 365;

/**
 * Return the first language wished for that there is (RFC 4647 lookup, on the primary subtag).
 *
 * @param {readonly string[]} wished RFC 5646 tags, the dearest first
 * @param {readonly string[]} known
 * @returns {string}
 */
export function spoken(wished, known) {
  const primary = (tag) => tag.trim().toLowerCase().split(/[-_]/)[0];
  const found = wished.map(primary).find((code) => known.includes(code));
  return found ?? (known.includes("en") ? "en" : known[0]);
}

/**
 * Say whether a person confirmed something within the year before a day.
 *
 * @param {string | null} on the day of the confirmation, YYYY-MM-DD
 * @param {number} now ms
 * @returns {boolean}
 */
export function confirmed(on, now) {
  if (!on) return false;
  const days = (now - Date.parse(`${on}T00:00:00Z`)) / 86_400_000;
  return days >= -1 && days < YEAR_DAYS + 1;
}
