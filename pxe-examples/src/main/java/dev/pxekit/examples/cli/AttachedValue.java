package dev.pxekit.examples.cli;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** An option whose value, if there is one, follows behind a "=": the next word is never taken for it. Without one it is empty. */
final class AttachedValue implements IParameterPreprocessor {

    @Override
    public boolean preprocess(
            Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> information) {
        if (!"=".equals(information.get("separator"))) {
            arguments.push("");
        }
        return false; // picocli goes on with it
    }
}
