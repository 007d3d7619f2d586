/** Pictures of the phone: icons, people and places, drawn simply and without anybody's likeness. */

import { picture } from "./dom.js";
import { sum } from "./sorting.js";

const ICONS = {
  phone: "M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11.4 11.4 0 0 0 3.6.58 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1c0 1.25.2 2.45.57 3.57a1 1 0 0 1-.25 1z",
  video: "M4 6h10a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zm13.5 4.2L22 7.4v9.2l-4.5-2.8z",
  chat: "M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 4.5V17a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z",
  sms: "M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-5l-3 3.5L9 17H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zm3 5.2v2h2v-2zm4 0v2h2v-2zm4 0v2h2v-2z",
  bank: "M12 2 2 8v2h20V8zM4 11h3v7H4zm6.5 0h3v7h-3zM17 11h3v7h-3zM2 19h20v3H2z",
  feed: "M4 3h16a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm1 14h14l-4.6-6.2-3.5 4.6-2.4-2.9z",
  mail: "M4 5h16a2 2 0 0 1 2 2v.4l-10 6-10-6V7a2 2 0 0 1 2-2zm-2 4.7 10 6 10-6V17a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2z",
  browser: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 2c1 0 2.4 2 2.8 5H9.2C9.6 6 11 4 12 4zM4.3 10h2.9a24 24 0 0 0 0 4H4.3a8 8 0 0 1 0-4zm4.9 0h5.6a22 22 0 0 1 0 4H9.2a22 22 0 0 1 0-4zm7.6 0h2.9a8 8 0 0 1 0 4h-2.9a24 24 0 0 0 0-4zM9.2 15h5.6c-.4 3-1.8 5-2.8 5s-2.4-2-2.8-5z",
  place: "M12 2a7 7 0 0 0-7 7c0 5.2 7 13 7 13s7-7.8 7-13a7 7 0 0 0-7-7zm0 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z",
  mute: "M9 4a3 3 0 0 1 6 0v8a3 3 0 0 1-6 0zM5 11h2a5 5 0 0 0 10 0h2a7 7 0 0 1-6 6.9V21h-2v-3.1A7 7 0 0 1 5 11z",
  keypad: "M5 4h4v4H5zm5 0h4v4h-4zm5 0h4v4h-4zM5 9h4v4H5zm5 0h4v4h-4zm5 0h4v4h-4zM5 14h4v4H5zm5 0h4v4h-4zm5 0h4v4h-4z",
  speaker: "M3 9h4l5-5v16l-5-5H3zm12.5-1.5a6 6 0 0 1 0 9l-1.3-1.5a4 4 0 0 0 0-6zm2.6-2.8a10 10 0 0 1 0 14.6l-1.4-1.5a8 8 0 0 0 0-11.6z",
  bell: "M12 2a6 6 0 0 1 6 6v5l2 3v1H4v-1l2-3V8a6 6 0 0 1 6-6zm-2.5 17h5a2.5 2.5 0 0 1-5 0z",
  lock: "M7 10V7a5 5 0 0 1 10 0v3h1a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zm2 0h6V7a3 3 0 0 0-6 0z",
  heart: "M12 21C5 15.5 2 12 2 8.2A5.2 5.2 0 0 1 12 6a5.2 5.2 0 0 1 10 2.2C22 12 19 15.5 12 21z",
  flag: "M5 2h2v1.2c4-2 6 1.8 12 0V14c-6 2-8-1.8-12 0v8H5z",
  check: "M9.2 18.4 3 12.2l2-2 4.2 4.2L19 4.6l2 2z",
  back: "M15.5 3.5 7 12l8.5 8.5 2-2L11 12l6.5-6.5z",
  send: "M3 20.5 21.5 12 3 3.5V10l12 2-12 2z",
  plus: "M10.7 4h2.6v6.7H20v2.6h-6.7V20h-2.6v-6.7H4v-2.6h6.7z",
  reload: "M12 4a8 8 0 0 1 6.2 3L21 4v7h-7l2.7-2.6A5.5 5.5 0 1 0 17 14h2.7A8 8 0 1 1 12 4z",
  game: "M7 6h10a6 6 0 0 1 5.8 7.5l-.9 3.4a2.8 2.8 0 0 1-4.9 1L15.2 15H8.8L7 17.900a2.8 2.8 0 0 1-4.9-1l-.9-3.4A6 6 0 0 1 7 6zm-.2 3v1.700H5v1.800h1.800V14.200h1.800V12.500h1.700v-1.800H8.600V9zm9.500.300a1.400 1.400 0 1 0 0 2.800 1.400 1.400 0 0 0 0-2.800zm2.200 2.700a1.400 1.400 0 1 0 0 2.800 1.400 1.400 0 0 0 0-2.800z",
  camera: "M9 4h6l1.800 2.500H20a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8.500a2 2 0 0 1 2-2h3.200zm3 4.200a4.800 4.800 0 1 0 0 9.600 4.800 4.800 0 0 0 0-9.600zm0 2.200a2.600 2.600 0 1 1 0 5.200 2.600 2.600 0 0 1 0-5.200z",
  map: "M9 3 2.500 5.500V21L9 18.500l6 2.500 6.500-2.500V3L15 5.500zm.8 2.700 4.400 1.800v10.800l-4.400-1.800z",
  star: "M12 2l3 6.600 7.200.8-5.400 4.900 1.500 7.100L12 17.800l-6.300 3.600 1.500-7.100L1.800 9.400 9 8.600z",
  gem: "M6.500 3h11L22 9 12 21.500 2 9zm1 2L5 8.500h3.800L10.500 5zm6 0 1.700 3.500H19L16.500 5zM9.300 10.500 12 17l2.700-6.500z",
  code: "M3 3h8v8H3zm2 2v4h4V5zm8-2h8v8h-8zm2 2v4h4V5zM3 13h8v8H3zm2 2v4h4v-4zm8-2h3v3h-3zm5 0h3v3h-3zm-2.500 4h3v4h-3zm3.500 1.500h2V21h-2z",
  person: "M12 3a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zm0 10.5c5 0 8.5 2.6 8.5 6V21h-17v-1.5c0-3.4 3.5-6 8.5-6z",
};

/**
 * @param {string} name
 * @returns {SVGElement}
 */
export function icon(name) {
  return picture(`<svg viewBox="0 0 24 24"><path fill="currentColor" d="${ICONS[name] ?? ICONS.chat}"/></svg>`, "ph-icon");
}

let made = 0;
const TINTS = [
  ["#2f7f86", "#f2c9a5", "#2b2330"],
  ["#7b5ea7", "#e5b48f", "#3a241c"],
  ["#b5654a", "#f0cfae", "#1f1a24"],
  ["#3d6fa8", "#d9a27c", "#241a16"],
  ["#4f8a5b", "#ecc39c", "#4a2f20"],
];

const HAIR = [
  '<path d="M28 46c-2-22 8-32 22-32s24 10 22 32c-3-10-9-15-14-18-6 5-22 6-30 18z"/>',
  '<path d="M26 76c-6-34-2-62 24-62s30 28 24 62c-6 4-10 0-10-6 4-18 0-30-6-38-8 8-22 8-24 20-1 8 2 14 2 20 0 6-5 8-10 4z"/>',
  '<path d="M29 42c-3-18 8-29 21-29s24 11 21 29c-2-6-5-9-8-11-8 3-18 3-26 0-3 2-6 5-8 11z"/><circle cx="50" cy="12" r="8"/>',
  '<path d="M28 48c-4-24 6-35 22-35s26 11 22 35l-4-2c0-8-4-12-8-14-8 4-16 2-20-2-4 6-8 8-8 16z"/>',
];
const THING_ICONS = { app: "bank", bank: "bank", site: "browser", page: "browser", shop: "star", account: "person", game: "game" };
/** People whose hair is worn up, by the id that authors give them. */
const OLDER = /^(mum|mother|mom|aunt|gran|sen|teller|teacher)/;

function face([, skin], smile) {
  const mouth = smile ? "M41 55c3 5 15 5 18 0" : "M44 57c3 1 9 1 12 0";
  return `<path d="M40 62h20v18c-4 6-16 6-20 0z" fill="${skin}" opacity=".82"/>
    <ellipse cx="50" cy="47" rx="19" ry="23" fill="${skin}"/>
    <path d="${mouth}" fill="none" stroke="#5b2d22" stroke-opacity=".55" stroke-width="2.4" stroke-linecap="round"/>
    <g fill="#2b1d1a" opacity=".8"><circle cx="42.5" cy="45" r="2.1"/><circle cx="57.5" cy="45" r="2.1"/></g>`;
}

function uniform(id) {
  return `<defs><linearGradient id="${id}" x1="0" x2="1"><stop stop-color="#11192a"/><stop offset="1" stop-color="#26344f"/></linearGradient></defs>
    <path d="M8 100c2-20 18-25 30-27h24c12 2 28 7 30 27z" fill="url(#${id})"/>
    <path d="M38 73l12 15 12-15-6-4H44z" fill="#dfe6ee" opacity=".85"/><path d="M47.5 80h5l2 14-4.5 6-4.5-6z" fill="#0b1220"/>
    <path d="M14 80l14-5 2 5-14 6zm72 0-14-5-2 5 14 6z" fill="#c9a24a" opacity=".85"/>
    <path d="M40 62h20v12c-5 5-15 5-20 0z" fill="#434e60"/><ellipse cx="50" cy="46" rx="18" ry="22" fill="#566377"/>
    <path d="M31 40c0-8 1-12 3-15h32c2 3 3 7 3 15-10-4-28-4-38 0z" fill="#0e1728"/>
    <path d="M26 27c6-16 42-16 48 0-8 5-40 5-48 0z" fill="#1d2a44"/><path d="M31 39c8 6 30 6 38 0-2-5-36-5-38 0z" fill="#070c16"/>
    <circle cx="50" cy="24" r="4.5" fill="#c9a24a"/><path d="M70 84l2.3 4.6 5 .7-3.6 3.5.9 5-4.6-2.4-4.6 2.4.9-5-3.6-3.5 5-.7z" fill="#c9a24a"/>`;
}

/**
 * Draw a person: a plain likeness for those one knows, a face in shadow for a stranger.
 *
 * @param {{id: string, role: string, uniform: boolean, thing: boolean}} person
 * @param {boolean} [smile] when all is well
 * @returns {SVGElement}
 */
export function portrait(person, smile = false) {
  if (person.thing) {
    return picture(`<svg viewBox="0 0 24 24"><rect width="24" height="24" fill="#147a6c"/><path transform="translate(4.8 4.5) scale(.6)" fill="#fff" d="${ICONS[THING_ICONS[person.id]] ?? ICONS.bell}"/></svg>`, "ph-portrait");
  }
  made += 1;
  const n = sum(person.id);
  const tint = TINTS[n % TINTS.length];
  if (person.uniform) return picture(`<svg viewBox="0 0 100 100">${uniform(`un${made}`)}</svg>`, "ph-portrait ph-portrait--uniform");
  if (person.role === "stranger") {
    return picture(
      `<svg viewBox="0 0 100 100"><path d="M10 100c2-22 18-28 40-28s38 6 40 28z" fill="#3a4658"/><ellipse cx="50" cy="44" rx="20" ry="24" fill="#566377"/><path d="M29 42c-2-20 8-28 21-28s23 8 21 28c-4-8-8-12-12-13-6 3-14 3-18 0-4 1-8 5-12 13z" fill="#2a3444"/></svg>`,
      "ph-portrait",
    );
  }
  // no author says whose hair is long: the sum of the name does, the same every time
  const young = n % 7 === 1 || n % 7 === 6 ? HAIR[1] : HAIR[n % 2 ? 3 : 0];
  const own = person.role === "character" ? young : OLDER.test(person.id) ? HAIR[2] : HAIR[n % HAIR.length];
  return picture(
    `<svg viewBox="0 0 100 100">${own === HAIR[1] ? `<g fill="${tint[2]}">${own}</g>` : ""}<path d="M10 100c2-20 18-26 30-27 4 7 16 7 20 0 12 1 28 7 30 27z" fill="${tint[0]}"/>${face(tint, smile || person.role !== "character")}<g fill="${tint[2]}">${own === HAIR[1] ? '<path d="M30 46c-1-18 7-29 20-29s21 11 20 29c-2-9-8-14-13-17-8 7-22 6-27 17z"/>' : own}</g></svg>`,
    "ph-portrait",
  );
}
