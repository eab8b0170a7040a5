/** The strongest numbers of a row: a heap whose root is the weakest of those kept. */

/**
 * Writes the places and values of the k numbers of largest magnitude among `values` [n], strongest first, equal ones by
 * ascending place; `skip` and zeros are left out, and places left over become −1 with value 0.
 */
export function keepStrongest(values: usize, n: u32, skip: u32, k: u32, places: usize, kept: usize): void {
  let size: u32 = 0;
  let threshold: f32 = 0;
  for (let place: u32 = 0; place < n; place++) {
    const value = load<f32>(values + ((<usize>place) << 2));
    if (!(abs(value) > threshold) || place === skip) continue;
    if (size < k) {
      siftUp(places, kept, size++, place, value);
    } else {
      siftDown(places, kept, size, place, value);
    }
    // An equal magnitude loses: its place is the higher one.
    if (size === k) threshold = abs(load<f32>(kept));
  }
  for (let entry = size; entry < k; entry++) put(places, kept, entry, -1, 0);
  // The weakest goes to the end, the next one before it, and so on.
  for (let last = size; last > 1;) {
    last--;
    const place = load<u32>(places);
    const value = load<f32>(kept);
    siftDown(places, kept, last, placeAt(places, last), valueAt(kept, last));
    put(places, kept, last, place, value);
  }
}

// @inline
function placeAt(places: usize, entry: u32): u32 {
  return load<u32>(places + ((<usize>entry) << 2));
}

// @inline
function valueAt(kept: usize, entry: u32): f32 {
  return load<f32>(kept + ((<usize>entry) << 2));
}

// @inline
function put(places: usize, kept: usize, entry: u32, place: u32, value: f32): void {
  store<u32>(places + ((<usize>entry) << 2), place);
  store<f32>(kept + ((<usize>entry) << 2), value);
}

// @inline
function isWeaker(value: f32, place: u32, otherValue: f32, otherPlace: u32): bool {
  return abs(value) < abs(otherValue) || (abs(value) === abs(otherValue) && place > otherPlace);
}

function siftUp(places: usize, kept: usize, entry: u32, place: u32, value: f32): void {
  while (entry > 0) {
    const parent = (entry - 1) >> 1;
    if (!isWeaker(value, place, valueAt(kept, parent), placeAt(places, parent))) break;
    put(places, kept, entry, placeAt(places, parent), valueAt(kept, parent));
    entry = parent;
  }
  put(places, kept, entry, place, value);
}

/** Puts an entry in the root's stead, in a heap of `size`. */
function siftDown(places: usize, kept: usize, size: u32, place: u32, value: f32): void {
  let entry: u32 = 0;
  for (let child: u32 = 1; child < size; child = 2 * entry + 1) {
    const right = child + 1;
    if (
      right < size &&
      isWeaker(valueAt(kept, right), placeAt(places, right), valueAt(kept, child), placeAt(places, child))
    ) {
      child = right;
    }
    if (!isWeaker(valueAt(kept, child), placeAt(places, child), value, place)) break;
    put(places, kept, entry, placeAt(places, child), valueAt(kept, child));
    entry = child;
  }
  put(places, kept, entry, place, value);
}
