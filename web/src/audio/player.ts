// Plays one thing at a time: the whole song, streamed, or a short passage in a loop from a buffer. Another
// version of the same passage takes over at the same place, faded over 10 ms, so that nothing but the sound
// changes.
const kFade_s = 0.01;

export interface Loop {
  from_s: number;
  to_s: number;
}

interface Voice {
  source: AudioBufferSourceNode;
  gain: GainNode;
}

export class Player {
  private context: AudioContext | null = null;
  private voice: Voice | null = null;
  private loop: Loop | null = null;
  private started_at = 0; // of the context's clock, where the loop began
  private readonly stream: HTMLAudioElement;

  constructor(private readonly onChange: () => void) {
    this.stream = new Audio();
    this.stream.preload = 'none';
    for (const event of ['play', 'pause', 'ended'] as const) this.stream.addEventListener(event, () => this.onChange());
  }

  get looping(): boolean {
    return this.voice !== null;
  }
  get playing(): boolean {
    return this.looping || !this.stream.paused;
  }
  // Where in the song playback is, in seconds.
  get position_s(): number {
    if (!this.voice || !this.loop || !this.context) return this.stream.currentTime;
    const length = this.loop.to_s - this.loop.from_s;
    return this.loop.from_s + ((this.context.currentTime - this.started_at) % length);
  }

  async decode(wav: ArrayBuffer): Promise<AudioBuffer> {
    this.context ??= new AudioContext();
    return this.context.decodeAudioData(wav.slice(0));
  }

  // Plays `buffer` in a loop; where the same loop is playing already, it takes over without a gap.
  playLoop(buffer: AudioBuffer, loop: Loop): void {
    const context = (this.context ??= new AudioContext());
    void context.resume();
    this.stream.pause();
    const same = this.voice !== null && this.loop?.from_s === loop.from_s && this.loop.to_s === loop.to_s;
    const now = context.currentTime;
    if (!same) this.started_at = now;
    const offset_s = (now - this.started_at) % buffer.duration;
    const source = new AudioBufferSourceNode(context, { buffer, loop: true });
    const gain = new GainNode(context, { gain: 0 });
    source.connect(gain).connect(context.destination);
    gain.gain.setValueAtTime(0, now);
    gain.gain.linearRampToValueAtTime(1, now + kFade_s);
    source.start(now, offset_s);
    this.release();
    this.voice = { source, gain };
    this.loop = loop;
    this.onChange();
  }

  playSong(url: string, from_s: number): void {
    this.release();
    if (!this.stream.src.endsWith(url)) this.stream.src = url;
    const begin = (): void => {
      this.stream.currentTime = from_s;
      void this.stream.play().catch(() => this.onChange());
    };
    if (this.stream.readyState >= 1) begin();
    else {
      this.stream.addEventListener('loadedmetadata', begin, { once: true });
      this.stream.load();
    }
    this.onChange();
  }

  stop(): void {
    this.release();
    this.stream.pause();
    this.onChange();
  }

  private release(): void {
    if (!this.voice || !this.context) return;
    const { source, gain } = this.voice;
    const now = this.context.currentTime;
    gain.gain.cancelScheduledValues(now);
    gain.gain.setValueAtTime(gain.gain.value, now);
    gain.gain.linearRampToValueAtTime(0, now + kFade_s);
    source.stop(now + 2 * kFade_s);
    this.voice = null;
  }
}
