package dev.pxekit.examples.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C, or the SIGTERM of a service manager, as a wish to end in order. The second one is a wish to be quick about it, and
 * the third one ends the process at once.
 *
 * <p>A shutdown hook could not tell the second from the first, so the JDK's signals are used, by reflection: naming their class is a
 * warning that cannot be switched off. On a virtual machine without them a signal ends the process as it does by default.
 */
final class StopSignals {

    private static final List<String> SIGNALS = List.of("INT", "TERM");

    /** What a shell reports for a process that Ctrl-C has ended. */
    private static final int INTERRUPTED = 130;

    private final CountDownLatch first = new CountDownLatch(1);

    private final AtomicInteger received = new AtomicInteger();
    private final Runnable second;

    private StopSignals(Runnable second) {
        this.second = second;
    }

    /**
     * Listens from now on, for as long as the process lives.
     *
     * @param second what to do at the second signal, on a thread of its own
     */
    static StopSignals listen(Runnable second) {
        StopSignals signals = new StopSignals(second);
        try {
            for (String name : SIGNALS) {
                signals.handle(name);
            }
        } catch (ClassNotFoundException | InvocationTargetException e) {
            return signals; // there are none, or -Xrs keeps them for others
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("sun.misc.Signal is not as it is known", e);
        }
        return signals;
    }

    /** Waits for the first signal. */
    void await() throws InterruptedException {
        first.await();
    }

    private void handle(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy =
                Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                    if (method.getName().equals("handle")) {
                        received();
                        return null;
                    }
                    return method.invoke(this, args);
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }

    private void received() {
        switch (received.incrementAndGet()) {
            case 1 -> first.countDown();
            case 2 -> second.run();
            default -> Runtime.getRuntime().halt(INTERRUPTED);
        }
    }
}
