/**
 * Where the bricks stand. A wall grows as a real one does: a new course on top, then new bricks at both ends
 * from the ground up, so that its shape keeps to the place it has, every brick rests on others, and no brick
 * ever moves; the view steps back instead.
 *
 * A course is a row, counted from the ground; a column may be negative. Running bond: odd courses are shifted
 * by half a brick. Lengths are in bricks: a brick is 1 wide and 1 / RATIO high, its joint included.
 */

export const RATIO = 2.6;

/**
 * Return the courses and half the width of the wall's stage number `stage`, from 0.
 *
 * Stages alternate so that the wall is nearest to `aspect` (width / height): either one course more, or one
 * brick more at each end.
 *
 * @param {number} aspect
 * @returns {(stage: number) => {courses: number, half: number}}
 */
function stages(aspect) {
  const known = [{ courses: 1, half: 0 }];
  return (stage) => {
    while (known.length <= stage) {
      const { courses, half } = known.at(-1);
      const taller = ((2 * half + 1.5) * RATIO) / (courses + 1);
      const wider = ((2 * half + 3.5) * RATIO) / courses;
      const grow = Math.abs(Math.log(taller / aspect)) < Math.abs(Math.log(wider / aspect));
      known.push(grow ? { courses: courses + 1, half } : { courses, half: half + 1 });
    }
    return known[stage];
  };
}

const size = ({ courses, half }) => courses * (2 * half + 1);

/**
 * Return a wall of a shape.
 *
 * @param {number} aspect width / height that the wall keeps to
 */
export function wallOf(aspect) {
  const stage = stages(aspect);

  /** The stage that brick `index` (from 0) belongs to: the first that has room for it. */
  function stageOf(index) {
    let low = 0;
    let high = 1;
    while (size(stage(high)) <= index) high *= 2;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (size(stage(middle)) > index) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /**
   * Return the course and column of brick `index`, from 0.
   *
   * @param {number} index
   * @returns {{course: number, column: number}}
   */
  function at(index) {
    const number = stageOf(index);
    if (number === 0) return { course: 0, column: 0 };
    const before = stage(number - 1);
    const { courses, half } = stage(number);
    const rest = index - size(before);
    if (courses > before.courses) return { course: before.courses, column: fromMiddle(rest) };
    return { course: rest >> 1, column: rest & 1 ? -half : half };
  }

  /**
   * Return the middle of brick `index` in bricks: x from the middle of the first brick, y up from the ground.
   *
   * @param {number} index
   * @returns {{x: number, y: number}}
   */
  function middle(index) {
    const { course, column } = at(index);
    return { x: column + (course & 1 ? 0.5 : 0), y: (course + 0.5) / RATIO };
  }

  /**
   * Return the box of the stage that the first `count` bricks fill, in bricks; `middle` is its middle's x.
   *
   * @param {number} count
   * @returns {{width: number, height: number, middle: number}}
   */
  function box(count) {
    const { courses, half } = stage(count > 0 ? stageOf(count - 1) : 0);
    const shift = courses > 1 ? 0.5 : 0;
    return { width: 2 * half + 1 + shift, height: courses / RATIO, middle: shift / 2 };
  }

  return { at, middle, box };
}

/** 0, 1, -1, 2, -2 …: a course is laid from its middle outwards. */
function fromMiddle(n) {
  return n & 1 ? (n + 1) >> 1 : -(n >> 1);
}

/**
 * Return how large a brick is drawn so that the box fits, in pixels, and where the wall's middle stands.
 *
 * @param {{width: number, height: number, middle: number}} box in bricks
 * @param {{left: number, top: number, width: number, height: number}} area in pixels; its lower edge is the ground
 * @param {number} largest the widest that a brick may be, in pixels
 * @returns {{scale: number, x: number, y: number}} pixels a brick; where the first brick's middle meets the ground
 */
export function camera(box, area, largest) {
  const scale = Math.min(largest, area.width / box.width, area.height / box.height);
  return { scale, x: area.left + area.width / 2 - box.middle * scale, y: area.top + area.height };
}

/**
 * Return where the parts of the picture stand, in pixels: the wall's area above the horizon, and the widest brick.
 *
 * @param {number} width
 * @param {number} height
 */
export function frameOf(width, height) {
  const upright = height > width;
  const horizon = Math.round(height * (upright ? 0.84 : 0.815));
  const top = height * (upright ? 0.44 : 0.4);
  const side = width * (upright ? 0.045 : 0.05);
  return {
    horizon,
    area: { left: side, top, width: width - 2 * side, height: horizon - top },
    largest: Math.min(width * (upright ? 0.42 : 0.115), (horizon - top) * 0.42 * RATIO),
  };
}
