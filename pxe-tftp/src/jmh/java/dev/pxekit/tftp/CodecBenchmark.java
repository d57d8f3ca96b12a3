package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does it cost to decode and to encode the packets that a transfer is made of? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

    private final TftpPacket ack = new TftpPacket.Ack(4711);
    private final TftpPacket data = new TftpPacket.Data(4711, ByteBuffer.allocate(1428));
    private final ByteBuf ackBytes = Unpooled.directBuffer().writeBytes(TftpCodec.encode(ack));
    private final ByteBuf dataBytes = Unpooled.directBuffer().writeBytes(TftpCodec.encode(data));
    private final ByteBuf out = Unpooled.directBuffer(2048);

    @Benchmark
    public TftpPacket decodeAck() throws TftpFormatException {
        return TftpCodec.decode(ackBytes.readerIndex(0));
    }

    @Benchmark
    public TftpPacket decodeData() throws TftpFormatException {
        return TftpCodec.decode(dataBytes.readerIndex(0));
    }

    @Benchmark
    public ByteBuf encodeAck() {
        TftpCodec.encode(ack, out.clear());
        return out;
    }

    @Benchmark
    public ByteBuf encodeData() {
        TftpCodec.encode(data, out.clear());
        return out;
    }
}
