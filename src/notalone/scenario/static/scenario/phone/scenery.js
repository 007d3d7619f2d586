/** Pictures that fill a screen: places, a game's world, a map, a code on a sticker. All drawn, nothing of anybody's. */

import { picture } from "./dom.js";
import { lookalikeCode, sum } from "./sorting.js";

let made = 0;

function scene(markup, box = "0 0 390 700") {
  return picture(`<svg viewBox="${box}" preserveAspectRatio="xMidYMid slice">${markup}</svg>`, "ph-place");
}

const STARS = '<g fill="#fff" opacity=".55"><circle cx="60" cy="70" r="1.5"/><circle cx="130" cy="40" r="1"/><circle cx="214" cy="84" r="1.3"/><circle cx="300" cy="46" r="1.6"/><circle cx="352" cy="110" r="1"/><circle cx="28" cy="150" r="1"/></g>';

function gradient(id, from, to) {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`;
}

function glow(id, colour) {
  return `<radialGradient id="${id}"><stop stop-color="${colour}" stop-opacity=".85"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>`;
}

const PLACES = {
  street: (a) => `<defs>${gradient(`${a}s`, "#101c3a", "#5b4a6d")}${gradient(`${a}r`, "#27304a", "#141b2d")}${glow(`${a}g`, "#ffcf87")}</defs>
    <rect width="390" height="700" fill="url(#${a}s)"/>${STARS}
    <g fill="#1a2440"><path d="M0 250h86v300H0zM96 190h74v360H96zM262 220h60v330h-60zM328 160h62v390h-62z"/></g>
    <g fill="#ffcf87" opacity=".75"><path d="M16 280h14v18H16zM48 280h14v18H48zM16 330h14v18H16zM112 224h12v16h-12zM140 270h12v16h-12zM276 250h12v16h-12zM298 310h12v16h-12zM344 200h12v16h-12zM366 256h12v16h-12zM344 330h12v16h-12z"/></g>
    <path d="M0 520h390v180H0z" fill="url(#${a}r)"/><path d="M180 530h30l26 170h-82z" fill="#39435f" opacity=".6"/>
    <circle cx="232" cy="300" r="120" fill="url(#${a}g)"/><path d="M229 300h6v250h-6z" fill="#0d1424"/><path d="M216 290h32l-6 22h-20z" fill="#ffe3b0"/>
    <ellipse cx="232" cy="556" rx="110" ry="26" fill="url(#${a}g)" opacity=".6"/>`,
  room: (a) => `<defs>${gradient(`${a}w`, "#2b2f45", "#3b3346")}${gradient(`${a}f`, "#2a2230", "#17131d")}${glow(`${a}g`, "#ffb870")}${gradient(`${a}n`, "#0b1530", "#2c3a63")}</defs>
    <rect width="390" height="700" fill="url(#${a}w)"/><path d="M0 500h390v200H0z" fill="url(#${a}f)"/>
    <path d="M40 120h130v180H40z" fill="url(#${a}n)"/><path d="M40 120h130v180H40zM105 120v180M40 210h130" fill="none" stroke="#57506a" stroke-width="6"/>
    <path d="M28 108h44c6 70 0 150-16 206H28zM182 108h-44c-6 70 0 150 16 206h28z" fill="#4b3f58"/>
    <path d="M268 190h86v316h-86z" fill="#453a4a"/><path d="M278 202h66v130h-66zM278 346h66v150h-66z" fill="#3a3040"/><circle cx="282" cy="350" r="5" fill="#d7b27a"/>
    <path d="M0 440h210c14 0 22 10 22 26v84H0z" fill="#6b5d78"/><path d="M0 440h80c10 0 16 12 16 30H0z" fill="#d9cfe0" opacity=".75"/><path d="M0 480h232v24H0z" fill="#584b66"/>
    <circle cx="246" cy="392" r="90" fill="url(#${a}g)" opacity=".75"/><path d="M232 372h28l10 30h-48z" fill="#ffdcae"/><path d="M243 402h6v50h-6z" fill="#241d2b"/><path d="M222 452h48v60h-48z" fill="#33293b"/>`,
  home: (a) => `<defs>${gradient(`${a}w`, "#5a4a3d", "#7a5a45")}${gradient(`${a}f`, "#4a3529", "#2c2019")}${glow(`${a}g`, "#ffe0a3")}</defs>
    <rect width="390" height="700" fill="url(#${a}w)"/><path d="M0 510h390v190H0z" fill="url(#${a}f)"/>
    <path d="M38 130h120v130H38z" fill="#22304c"/><path d="M38 130h120v130H38zM98 130v130M38 195h120" fill="none" stroke="#c9a582" stroke-width="8"/>
    <path d="M230 150h54v70h-54zM298 166h44v54h-44z" fill="#8f6c52"/><path d="M238 158h38v54h-38z" fill="#e9c58f"/><path d="M306 174h28v38h-28z" fill="#9fc2b4"/>
    <circle cx="195" cy="260" r="170" fill="url(#${a}g)" opacity=".8"/><path d="M193 0h4v190h-4z" fill="#2c2019"/><path d="M150 236c4-34 24-48 45-48s41 14 45 48z" fill="#f4d59c"/>
    <path d="M50 470h290v16H50z" fill="#2f2119"/><path d="M70 486h14v90H70zM306 486h14v90h-14z" fill="#281b14"/>
    <path d="M120 452h36c0 12-6 18-18 18s-18-6-18-18z" fill="#e8ded0"/><path d="M232 440h22v30h-22z" fill="#6f9c8a"/><path d="M243 440c-14-12-14-28-4-38 8 10 10 24 4 38zm2 0c0-14 8-24 20-26 0 14-8 24-20 26z" fill="#8fbf8a"/>`,
  station: (a) => `<defs>${gradient(`${a}w`, "#204052", "#2d5a63")}${gradient(`${a}f`, "#1d2c36", "#101a22")}${glow(`${a}g`, "#fff0c9")}</defs>
    <rect width="390" height="700" fill="url(#${a}w)"/><path d="M0 520h390v180H0z" fill="url(#${a}f)"/>
    <circle cx="195" cy="210" r="220" fill="url(#${a}g)" opacity=".55"/>
    <path d="M150 96h90v26h-90z" fill="#fff3d6"/><path d="M46 180h92v120H46z" fill="#163342"/><path d="M58 194h68v8H58zm0 18h50v8H58zm0 18h60v8H58zm0 18h40v8H58z" fill="#86b7b9" opacity=".8"/>
    <circle cx="300" cy="220" r="34" fill="#f4ead6"/><path d="M298 196h4v26h16v4h-20z" fill="#163342"/>
    <path d="M170 470c0-60 10-84 25-84s25 24 25 84z" fill="#35657a"/><circle cx="195" cy="362" r="24" fill="#e7bd97"/><path d="M171 358c0-20 8-28 24-28s24 8 24 28c-8-8-40-8-48 0z" fill="#2b2330"/>
    <path d="M20 456h350v30H20z" fill="#8a6a4d"/><path d="M34 486h322v120H34z" fill="#6d5139"/><path d="M34 486h322v14H34z" fill="#5a422e"/>
    <path d="M270 430h44l-6 26h-32z" fill="#f4ead6"/>`,
  school: (a) => `<defs>${gradient(`${a}w`, "#c9dcc9", "#e6dcc0")}${gradient(`${a}f`, "#b98f62", "#8a6543")}${gradient(`${a}n`, "#8fd0ee", "#d8f0f4")}</defs>
    <rect width="390" height="700" fill="url(#${a}w)"/><path d="M0 500h390v200H0z" fill="url(#${a}f)"/><path d="M0 488h390v14H0z" fill="#8d7a58" opacity=".5"/>
    <path d="M30 120h200v130H30z" fill="#8a6543"/><path d="M40 130h180v110H40z" fill="#2c6152"/><path d="M58 156c24-10 40 8 62-2s30-2 44 0M58 182h96M58 206h60" fill="none" stroke="#e9f3e6" stroke-width="4" stroke-linecap="round" opacity=".75"/>
    <path d="M270 96h100v190H270z" fill="url(#${a}n)"/><path d="M270 96h100v190H270zM320 96v190M270 190h100" fill="none" stroke="#fff8e6" stroke-width="8"/><circle cx="346" cy="132" r="16" fill="#ffe08a"/>
    <g><path d="M34 430h130v14H34zM226 430h130v14H226z" fill="#d8ab6f"/><path d="M44 444h8v110h-8zM146 444h8v110h-8zM236 444h8v110h-8zM338 444h8v110h-8z" fill="#6d5a44"/><path d="M70 414h44v16H70z" fill="#d0644a"/><path d="M78 402h40v12H78z" fill="#3f83a3"/><path d="M280 398h22v32h-22z" fill="#f1efe6"/><path d="M286 382h3v18h-3zM294 378h3v22h-3z" fill="#d0644a"/></g>
    <path d="M60 330h60v64H60zM196 318h20v74h-20z" fill="#fff8e6" opacity=".5"/><circle cx="206" cy="300" r="16" fill="#5b86a8" opacity=".6"/>`,
  park: (a) => `<defs>${gradient(`${a}s`, "#7cc4e8", "#e8f3d9")}${gradient(`${a}r`, "#8fbf6f", "#4f8a55")}${glow(`${a}g`, "#fff2c0")}</defs>
    <rect width="390" height="700" fill="url(#${a}s)"/><circle cx="300" cy="120" r="130" fill="url(#${a}g)"/><circle cx="300" cy="120" r="34" fill="#fff0b8"/>
    <g fill="#fff" opacity=".85"><path d="M40 150c0-18 26-24 34-10 12-14 40-6 38 12 14 2 12 20-2 20H44c-16 0-18-20-4-22zM200 230c0-12 18-16 24-6 8-10 28-4 26 8 10 2 8 14-2 14h-46c-12 0-12-14-2-16z"/></g>
    <path d="M0 420c80-60 150-50 220-20s120 20 170-14v314H0z" fill="#a9cf86"/><path d="M0 480c90-30 260-30 390 0v220H0z" fill="url(#${a}r)"/>
    <path d="M170 486c30 60-90 130-40 214h130c-70-90 30-150-40-214z" fill="#e9d7ac"/>
    <g><path d="M66 350h14v150H66z" fill="#7a5a3c"/><circle cx="73" cy="320" r="58" fill="#4e9560"/><circle cx="46" cy="346" r="36" fill="#5fa96c"/><circle cx="104" cy="350" r="34" fill="#438254"/><path d="M318 380h12v120h-12z" fill="#7a5a3c"/><circle cx="324" cy="352" r="46" fill="#5fa96c"/><circle cx="346" cy="372" r="28" fill="#4e9560"/></g>
    <path d="M226 470h96v10h-96zM226 488h96v10h-96z" fill="#8a5f3c"/><path d="M236 470h8v58h-8zM304 470h8v58h-8z" fill="#5d4029"/>`,
};
const WORDS = [
  ["school", /school|class|schoolyard|playground|canteen|homework/],
  ["station", /station|police|office|counter|desk|lobby|reception|teller|bank|teacher|counsel|library|clinic/],
  ["home", /home|kitchen|house|family|mum|dad|gran|table|sofa|living|dinner|breakfast/],
  ["room", /room|flat|alone|hotel|bed/],
  ["park", /park|garden|playing|market|beach/],
];

/**
 * Return which place a scene's id speaks of.
 *
 * @param {string} scene
 * @returns {"street" | "room" | "home" | "station" | "school" | "park"}
 */
export function placeOf(scene) {
  return WORDS.find(([, words]) => words.test(scene))?.[0] ?? "street";
}

/**
 * Draw a place.
 *
 * @param {string} kind
 * @returns {SVGElement}
 */
export function place(kind) {
  made += 1;
  return scene((PLACES[kind] ?? PLACES.street)(`pl${made}`));
}

const ART = [
  (a) => `<defs>${gradient(`${a}s`, "#ff9e6d", "#ffd9a0")}${gradient(`${a}h`, "#7a4a7d", "#41305e")}</defs><rect width="390" height="220" fill="url(#${a}s)"/><circle cx="280" cy="96" r="34" fill="#fff0c2"/><path d="M0 170 70 96l60 58 70-84 84 92 50-40 56 58v40H0z" fill="url(#${a}h)"/><path d="M0 190c100-30 280-30 390 0v30H0z" fill="#2c2447"/>`,
  (a) => `<defs>${gradient(`${a}s`, "#8ad1e6", "#e9f7ee")}${gradient(`${a}w`, "#3fa0b8", "#1f6f92")}</defs><rect width="390" height="220" fill="url(#${a}s)"/><circle cx="80" cy="52" r="24" fill="#fff3bd"/><path d="M0 110h390v110H0z" fill="url(#${a}w)"/><path d="M0 190c60-40 160-26 230-6s110 20 160 6v30H0z" fill="#f0ddb0"/><path d="M238 104l34-56v56zm40-40 26 40h-26zM226 110h90l-14 18h-60z" fill="#fff"/>`,
  (a) => `<defs>${gradient(`${a}s`, "#2c3a78", "#b1628a")}</defs><rect width="390" height="220" fill="url(#${a}s)"/><path d="M0 120h40V70h44v40h36V50h52v60h30V84h46v36h30V60h48v50h64v110H0z" fill="#171d3d"/><g fill="#ffd28a"><path d="M52 84h8v10h-8zM68 100h8v10h-8zM134 70h8v10h-8zM152 92h8v10h-8zM216 100h8v10h-8zM294 78h8v10h-8zM312 100h8v10h-8z"/></g><path d="M0 180h390v40H0z" fill="#0e1330"/>`,
  (a) => `<defs>${gradient(`${a}s`, "#f6e3b8", "#f0c391")}</defs><rect width="390" height="220" fill="url(#${a}s)"/><ellipse cx="195" cy="196" rx="150" ry="20" fill="#c99a63" opacity=".5"/><path d="M110 130h170c0 46-34 66-85 66s-85-20-85-66z" fill="#fff8ea"/><ellipse cx="195" cy="130" rx="85" ry="20" fill="#d0783f"/><path d="M150 126c20-14 70-14 92 2M168 134c14-8 40-8 54 0" fill="none" stroke="#f5d592" stroke-width="5" stroke-linecap="round"/><circle cx="168" cy="124" r="7" fill="#5f9a5a"/><circle cx="224" cy="128" r="6" fill="#5f9a5a"/><path d="M170 96c-8-14 8-20 0-36M200 92c-8-14 8-20 0-36" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" opacity=".7"/>`,
];

/**
 * Draw what a post shows: a view or a dish, the same for the same words.
 *
 * @param {string} say
 * @returns {SVGElement}
 */
export function postArt(say) {
  made += 1;
  return scene(ART[sum(say) % ART.length](`ar${made}`), "0 0 390 220");
}

function island(x, y, scale, hue) {
  const [grass, side] = hue;
  return `<g transform="translate(${x} ${y}) scale(${scale})"><path d="M-90 6C-70 74-20 96 0 100c24-6 74-30 90-94z" fill="${side}"/><path d="M-50 40c10 26 30 40 50 56-4-26-20-46-50-56z" fill="#000" opacity=".12"/><ellipse rx="92" ry="24" fill="${grass}"/><ellipse cx="-16" cy="-4" rx="56" ry="12" fill="#fff" opacity=".14"/></g>`;
}

function tree(x, y, scale) {
  return `<g transform="translate(${x} ${y}) scale(${scale})"><path d="M-4 0h8v-26h-8z" fill="#8a5a3a"/><circle cy="-42" r="24" fill="#4fb07a"/><circle cx="-14" cy="-32" r="15" fill="#62c48b"/><circle cx="14" cy="-30" r="14" fill="#3f9a68"/></g>`;
}

function gem(x, y, colour) {
  return `<g transform="translate(${x} ${y})"><path d="M-9-6-5-12H5L9-6 0 9z" fill="${colour}"/><path d="M-9-6H9L0 9z" fill="#fff" opacity=".28"/></g>`;
}

/** Draw a friendly world among the clouds. */
export function gameWorld() {
  made += 1;
  const a = `gw${made}`;
  const cloud = (x, y, s, o) => `<path transform="translate(${x} ${y}) scale(${s})" d="M0 20C-20 18-18-6 2-6 8-26 40-26 46-8 66-16 82 2 70 16c-2 4-6 4-10 4z" fill="#fff" opacity="${o}"/>`;
  return scene(`<defs>${gradient(`${a}s`, "#5a54c8", "#ffb7a8")}${glow(`${a}g`, "#fff1c4")}${gradient(`${a}h`, "#ffd25c", "#f08a4b")}</defs>
    <rect width="390" height="700" fill="url(#${a}s)"/><circle cx="286" cy="150" r="170" fill="url(#${a}g)" opacity=".7"/><circle cx="286" cy="150" r="38" fill="#fff4d2"/>${STARS}
    ${cloud(20, 130, 1.1, 0.5)}${cloud(270, 250, 0.9, 0.45)}${cloud(150, 90, 0.6, 0.4)}
    ${island(312, 226, 0.52, ["#7fd08f", "#a5785a"])}${tree(300, 224, 0.5)}<g transform="translate(326 222)"><path d="M-12 0v-34h24V0z" fill="#e9d9f7"/><path d="M-16-34 0-56l16 22z" fill="#c9577c"/><path d="M-4 0v-14h8V0z" fill="#6b4a86"/><path d="M0-56v-14h13l-4 5 4 5H0z" fill="#ffd25c"/></g>
    ${island(90, 330, 0.95, ["#74cb8c", "#9a6f55"])}${tree(40, 326, 0.9)}${tree(136, 322, 0.6)}
    <path d="M178 336c30 16 54 14 84-4" fill="none" stroke="#f4e3c0" stroke-width="7" stroke-dasharray="11 8" stroke-linecap="round"/>
    ${island(316, 356, 0.7, ["#8ad89c", "#8e6650"])}${gem(196, 318, "#66e0ff")}${gem(224, 322, "#ff8fc7")}${gem(250, 312, "#ffe27a")}${gem(318, 330, "#66e0ff")}
    <g class="hero" transform="translate(92 312)"><ellipse cy="14" rx="22" ry="6" fill="#000" opacity=".18"/><path d="M-22-6c0-20 10-30 22-30S22-26 22-6c0 12-10 18-22 18S-22 6-22-6z" fill="url(#${a}h)"/><path d="M-14-32l-6-14 14 6zm28 0 6-14-14 6z" fill="#f08a4b"/><g fill="#33203a"><circle cx="-7" cy="-12" r="3.400"/><circle cx="9" cy="-12" r="3.400"/></g><path d="M-5-3c4 4 8 4 12 0" fill="none" stroke="#33203a" stroke-width="2.600" stroke-linecap="round"/><circle cx="-14" cy="-5" r="4" fill="#ff9aa6" opacity=".7"/><circle cx="16" cy="-5" r="4" fill="#ff9aa6" opacity=".7"/></g>
    ${cloud(-20, 470, 2.2, 0.5)}${cloud(210, 520, 2.4, 0.45)}<path d="M0 560c80-30 130-4 190-12s120-30 200 4v148H0z" fill="#fff" opacity=".28"/>`);
}

/**
 * Draw a code on a sticker; it is a picture of a code and leads nowhere.
 *
 * @param {string} text what it is drawn by
 * @returns {SVGElement}
 */
export function codeSticker(text) {
  const rows = lookalikeCode(text);
  const dots = rows.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  made += 1;
  return picture(
    `<svg viewBox="0 0 200 230"><defs>${gradient(`cs${made}`, "#ffffff", "#e9e6dc")}</defs><path d="M14 14h150a22 22 0 0 1 22 22v150l-34 30H36a22 22 0 0 1-22-22z" fill="#000" opacity=".25" transform="translate(5 7)"/><path d="M36 10h128a22 22 0 0 1 22 22v154l-32 32H36a22 22 0 0 1-22-22V32a22 22 0 0 1 22-22z" fill="url(#cs${made})"/><path d="M186 186c-14 0-30-4-34 2s2 20 2 30z" fill="#cfc9ba"/><g transform="translate(32 32) scale(6.470)"><path d="${dots}" fill="#1a2230"/></g><path d="M48 186h92" stroke="#d0644a" stroke-width="9" stroke-linecap="round"/><path d="M62 202h64" stroke="#9aa3ad" stroke-width="6" stroke-linecap="round"/></svg>`,
    "ph-code",
  );
}

/** Draw a town from above: streets, a river, a park, houses. */
export function streets() {
  const road = (d, wide) => `<path d="${d}" fill="none" stroke="#d9d2c2" stroke-width="${wide + 4}"/><path d="${d}" fill="none" stroke="#fffdf6" stroke-width="${wide}"/>`;
  const houses = [[24, 76, 64, 40], [104, 70, 40, 52], [24, 150, 44, 60], [92, 158, 56, 40], [216, 70, 46, 40], [296, 84, 60, 56], [222, 146, 40, 60], [30, 300, 60, 46], [110, 316, 40, 44], [222, 330, 60, 40], [312, 318, 50, 60], [30, 430, 46, 60], [104, 438, 50, 44], [226, 436, 44, 60], [296, 446, 64, 40]];
  return scene(`<rect width="390" height="700" fill="#efe9da"/><path d="M-10 250c90-40 120 10 200-6s120-50 210-20v52c-90-30-130 4-210 20s-110-34-200 8z" fill="#a9d4e4"/>
    <path d="M282 150c26-16 84-8 84 24s-70 34-92 16-8-32 8-40z" fill="#bfdca5"/><g fill="#93c07e"><circle cx="300" cy="170" r="8"/><circle cx="326" cy="164" r="9"/><circle cx="346" cy="178" r="7"/><circle cx="312" cy="186" r="7"/></g>
    <g fill="#e2d8c3">${houses.map(([x, y, w, t]) => `<rect x="${x}" y="${y}" width="${w}" height="${t}" rx="6"/>`).join("")}</g>
    ${road("M-10 136h400", 12)}${road("M-10 404h400", 16)}${road("M-10 520h400", 10)}${road("M80 0v700", 10)}${road("M188-10c10 160-14 300 4 720", 18)}${road("M282 0v130M286 296v410", 10)}
    <path d="M188-10c10 160-14 300 4 720" fill="none" stroke="#ffd98a" stroke-width="8"/><path d="M156 226h64v54h-64z" fill="none"/>`);
}
