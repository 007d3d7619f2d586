/**
 * The station's sounds, rendered from oscillators and noise: nothing is loaded.
 *
 * Silent until the first touch. One gain and a compressor stand last, so that no sum of sounds is loud; calm mode
 * is half as loud and has no pads of unease.
 */

const LEVEL = 0.5;
const PADS = {
  unease: [[98, 0.05], [103.8, 0.05], [147, 0.025]],
  pressure: [[73.4, 0.07], [77.8, 0.06]],
  relief: [[196, 0.045], [246.9, 0.04], [293.7, 0.04], [392, 0.022]],
};

export class Sound {
  #context = null;
  #out = null;
  #pad = null;
  #beat = null;
  #ringing = null;
  #muted = false;
  #calm = false;

  /** Wake the sound; browsers allow it only inside a touch. */
  wake() {
    if (!this.#context) {
      const Context = globalThis.AudioContext;
      if (!Context) return;
      this.#context = new Context();
      this.#out = this.#context.createGain();
      const guard = this.#context.createDynamicsCompressor();
      guard.threshold.value = -18;
      guard.ratio.value = 12;
      this.#out.connect(guard).connect(this.#context.destination);
      this.#level();
    }
    if (this.#context.state === "suspended") this.#context.resume().catch(() => {});
  }

  /** @param {boolean} muted */
  set muted(muted) {
    this.#muted = muted;
    this.#level();
  }

  get muted() {
    return this.#muted;
  }

  /** @param {boolean} calm */
  set calm(calm) {
    this.#calm = calm;
    if (calm) this.pad("");
    this.#level();
  }

  #level() {
    if (!this.#out) return;
    const to = this.#muted ? 0 : this.#calm ? LEVEL / 2 : LEVEL;
    this.#out.gain.setTargetAtTime(to, this.#context.currentTime, 0.05);
  }

  #tone(frequency, { at = 0, length = 0.2, gain = 0.2, shape = "sine", to = frequency } = {}) {
    if (!this.#context) return;
    const when = this.#context.currentTime + at;
    const voice = this.#context.createOscillator();
    const envelope = this.#context.createGain();
    voice.type = shape;
    voice.frequency.setValueAtTime(frequency, when);
    voice.frequency.exponentialRampToValueAtTime(to, when + length);
    envelope.gain.setValueAtTime(0, when);
    envelope.gain.linearRampToValueAtTime(gain, when + 0.012);
    envelope.gain.exponentialRampToValueAtTime(0.0001, when + length);
    voice.connect(envelope).connect(this.#out);
    voice.start(when);
    voice.stop(when + length + 0.05);
  }

  /** A message arrives. */
  message() {
    this.#tone(660, { length: 0.16, gain: 0.16, to: 880 });
    this.#tone(990, { at: 0.09, length: 0.3, gain: 0.1 });
  }

  /** A line of the one who is on the screen: barely there. */
  line(mine) {
    this.#tone(mine ? 420 : 520, { length: 0.12, gain: 0.07, to: mine ? 520 : 470 });
  }

  /** Somebody types. */
  typing() {
    for (let k = 0; k < 4; k += 1) this.#tone(1800 + 240 * (k % 2), { at: k * 0.13, length: 0.03, gain: 0.022, shape: "triangle" });
  }

  /** A touch that was taken. */
  touch() {
    this.#tone(523, { length: 0.14, gain: 0.1, to: 659 });
  }

  /** The call is connected. */
  connect() {
    this.silence();
    this.#tone(440, { length: 0.1, gain: 0.12 });
    this.#tone(554, { at: 0.1, length: 0.2, gain: 0.12 });
  }

  /**
   * Ring until silenced: a phone's bell, or the tone one hears when calling.
   *
   * @param {boolean} outgoing
   */
  ring(outgoing) {
    this.silence();
    const once = () => {
      if (outgoing) this.#tone(425, { length: 0.95, gain: 0.08 });
      else [784, 988, 1175, 988, 784, 988].forEach((f, k) => this.#tone(f, { at: k * 0.16, length: 0.34, gain: 0.1, shape: "triangle" }));
    };
    once();
    this.#ringing = setInterval(once, outgoing ? 3000 : 2200);
  }

  /** End the ringing. */
  silence() {
    clearInterval(this.#ringing);
    this.#ringing = null;
  }

  /**
   * Lay the pad of a cue under the scene; any other name fades it out.
   *
   * @param {string} cue
   */
  pad(cue) {
    if (!this.#context || this.#pad?.cue === cue) return;
    const now = this.#context.currentTime;
    if (this.#pad) {
      this.#pad.gain.gain.setTargetAtTime(0, now, 0.6);
      for (const voice of this.#pad.voices) voice.stop(now + 4);
    }
    clearInterval(this.#beat);
    this.#beat = null;
    this.#pad = null;
    if (!(cue in PADS) || (this.#calm && cue !== "relief")) return;
    const gain = this.#context.createGain();
    gain.gain.setValueAtTime(0, now);
    gain.gain.linearRampToValueAtTime(1, now + 2.5);
    gain.connect(this.#out);
    const voices = PADS[cue].map(([frequency, level]) => {
      const voice = this.#context.createOscillator();
      const part = this.#context.createGain();
      voice.type = cue === "relief" ? "triangle" : "sine";
      voice.frequency.value = frequency;
      part.gain.value = level;
      voice.connect(part).connect(gain);
      voice.start();
      return voice;
    });
    this.#pad = { cue, gain, voices };
    if (cue === "pressure") this.#beat = setInterval(() => this.#heart(), 1050);
  }

  #heart() {
    this.#tone(58, { length: 0.16, gain: 0.26, to: 44 });
    this.#tone(54, { at: 0.24, length: 0.18, gain: 0.18, to: 40 });
  }

  /** The story came to its end. */
  relief() {
    [392, 493.9, 587.3, 784].forEach((f, k) => this.#tone(f, { at: 0.12 * k, length: 2.2, gain: 0.09, shape: "triangle" }));
  }

  /** A brick finds its place. */
  brick() {
    this.#tone(140, { length: 0.2, gain: 0.25, to: 80 });
    [523, 659, 784].forEach((f, k) => this.#tone(f, { at: 0.14 + 0.1 * k, length: 1.2, gain: 0.08 }));
  }

  /** Let nothing sound any more. */
  rest() {
    this.silence();
    this.pad("");
  }
}
