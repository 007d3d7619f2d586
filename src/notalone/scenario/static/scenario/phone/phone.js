/** The simulated phone with all its apps. */

import { openApp } from "./apps.js";
import { Device } from "./device.js";

export class Phone extends Device {
  /**
   * @param {HTMLElement} root an empty element
   * @param {object} parts as the device takes them
   */
  constructor(root, parts) {
    super(root, { ...parts, openApp });
  }
}
