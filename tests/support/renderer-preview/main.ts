/** The real window on a bridge of fixtures: `?state=full|empty|broken|first-run|loading|quiet&theme=dark|light`. */
import { installFixtureBridge } from './fixture-bridge';

installFixtureBridge(new URLSearchParams(window.location.search));
await import('../../../src/renderer/main');
