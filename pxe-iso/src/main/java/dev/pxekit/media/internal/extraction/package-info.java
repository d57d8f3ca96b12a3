/**
 * How a tree is copied to a directory. {@code Extraction} is one run: it lets {@code Measurement} go through the {@code
 * SourceTree}, then {@code TreeExtraction}, which makes the directories and has {@code FileExtraction} and {@code
 * LinkExtraction} do the rest, files on {@code Workers}. All that is written goes through a {@code TargetDirectory}, which
 * follows no link; {@code TargetNames} and {@code OutwardLinks} say which names and links are refused, {@code Tally} counts.
 */
@NullMarked
package dev.pxekit.media.internal.extraction;

import org.jspecify.annotations.NullMarked;
