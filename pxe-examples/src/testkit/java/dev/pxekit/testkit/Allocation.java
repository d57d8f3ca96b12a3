package dev.pxekit.testkit;

import java.lang.reflect.Method;
import java.util.stream.LongStream;

/** Counts what threads allocate. By reflection, as the modules under test have no need of the one that this is in. */
public final class Allocation {

    private static final Object THREADS;
    private static final Method ALLOCATED;
    private static final Method THREAD_IDS;
    private static final Method ALLOCATED_BY;

    static {
        try {
            THREADS = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            Class<?> threads = Class.forName("com.sun.management.ThreadMXBean");
            ALLOCATED = threads.getMethod("getCurrentThreadAllocatedBytes");
            THREAD_IDS = threads.getMethod("getAllThreadIds");
            ALLOCATED_BY = threads.getMethod("getThreadAllocatedBytes", long[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Allocation() {}

    /** {@return the bytes that the calling thread has allocated since it began} */
    public static long ofThisThread() {
        try {
            return (long) ALLOCATED.invoke(THREADS);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** {@return the bytes that all threads that run now have allocated since they began} */
    public static long ofAllThreads() {
        try {
            long[] allocated = (long[]) ALLOCATED_BY.invoke(THREADS, THREAD_IDS.invoke(THREADS));
            return LongStream.of(allocated).filter(bytes -> bytes > 0).sum();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
